import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('picking', '0010_sources_of_trainings'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='pickset',
            name='pick_set_once',
        ),
        migrations.RemoveField(
            model_name='pickset',
            name='training',
        ),
        migrations.AlterField(
            model_name='pickset',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pick_sets', to='picking.source'),
        ),
        migrations.AddConstraint(
            model_name='pickset',
            constraint=models.UniqueConstraint(fields=('micrograph', 'source'), name='pick_set_once'),
        ),
    ]
