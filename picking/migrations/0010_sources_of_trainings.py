"""A source for every training, and its picks with it: apart from the changes of tables, which PostgreSQL requires."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def sources_of_trainings(apps, schema_editor):
    """In the order of the trainings: the newer one's source has the higher number, by which picks are chosen."""
    training, source, pick_set = (apps.get_model('picking', name) for name in ('Training', 'Source', 'PickSet'))
    trainings = training.objects.order_by('project', 'version').values_list('pk', 'project', 'version', 'created_by')
    source.objects.bulk_create(
        [
            source(kind='training', training_id=pk, project_id=project, name=f'Training {version}', created_by_id=user)
            for pk, project, version, user in trainings
        ],
        batch_size=500,
    )
    when = training.objects.filter(pk=OuterRef('training'))
    source.objects.update(created_at=Subquery(when.values('created_at')))
    of_training = source.objects.filter(training=OuterRef('training'))
    pick_set.objects.update(source=Subquery(of_training.values('pk')))


class Migration(migrations.Migration):

    dependencies = [
        ('picking', '0009_source'),
    ]

    operations = [
        migrations.RunPython(sources_of_trainings, migrations.RunPython.noop),
    ]
