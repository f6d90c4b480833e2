"""Who changed a mark last, where that was not its author: the event that last put it says it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery


def fill(apps, schema_editor):
    events = apps.get_model('picking', 'Event').objects
    put = events.filter(project__micrographs=OuterRef('micrograph'), sequence=OuterRef('sequence'))
    for kind in ('Label', 'Region', 'Verdict'):
        marks = apps.get_model('picking', kind).objects.annotate(changer=Subquery(put.values('actor')[:1]))
        by_others = marks.exclude(changer=None).filter(Q(author=None) | ~Q(changer=F('author')))
        by_others.update(changed_by=F('changer'))


def changed_by(kind):
    who = models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)
    return migrations.AddField(model_name=kind, name='changed_by', field=who)


class Migration(migrations.Migration):

    dependencies = [
        ('picking', '0029_suggested_diameter'),
    ]

    operations = [
        changed_by('label'),
        changed_by('region'),
        changed_by('verdict'),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
