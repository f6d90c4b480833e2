"""What events are about, in columns of their own: they can be searched, however many there are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

MICROGRAPHS = {
    'data__micrograph': [f'{mark}.{what}' for mark in ('label', 'region', 'verdict') for what in ('put', 'deleted')]
    + ['picks.added'],
    'data__micrograph__id': ['micrograph.added', 'micrograph.changed'],
    'data__comment__micrograph': ['comment.changed'],
    'data__id': ['micrograph.removed'],
}
"""Where the micrograph stands in the data of an event -> types."""


def fill(apps, schema_editor):
    events = apps.get_model('picking', 'Event').objects
    events.update(type=KT('data__type'))
    for place, types in MICROGRAPHS.items():
        events.filter(type__in=types).update(micrograph=Cast(KT(place), models.BigIntegerField()))
    if schema_editor and schema_editor.connection.vendor == 'postgresql':
        # Rows that were changed twice wait for their foreign keys to be checked, and their table is not altered meanwhile.
        schema_editor.connection.check_constraints()


class Migration(migrations.Migration):

    dependencies = [
        ('picking', '0022_blind'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='micrograph',
            field=models.BigIntegerField(editable=False, help_text='the one that it is about, by its id', null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='restored',
            field=models.BooleanField(default=False, help_text='one of many marks that a restoration put or deleted'),
        ),
        migrations.AddField(
            model_name='event',
            name='type',
            field=models.CharField(default='', editable=False, max_length=40),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='event',
            name='actor',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['actor', 'project', 'sequence'], name='event_of_person'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['project', 'type', 'sequence'], name='event_of_type'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['project', 'micrograph', 'sequence'], name='event_of_micrograph'),
        ),
    ]
