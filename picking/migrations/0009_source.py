import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('picking', '0008_where_micrographs_lie'),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('training', 'Training'), ('imported', 'Imported'), ('consensus', 'Consensus')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('threshold', models.FloatField(blank=True, help_text='its picks count from this score; null: no scores', null=True)),
                ('lowest_score', models.FloatField(blank=True, help_text='of its picks; null: no scores', null=True)),
                ('highest_score', models.FloatField(blank=True, help_text='of its picks; null: no scores', null=True)),
                ('teaches', models.BooleanField(default=False, help_text='its picks are examples of particles in training')),
                ('how', models.JSONField(blank=True, default=dict, help_text='files, format, scale … it was made from')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='picking.project')),
                ('training', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='source', to='picking.training')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('project', 'name'), name='source_name_once'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'training'), ('training__isnull', False)), models.Q(('training__isnull', True), models.Q(('kind', 'training'), _negated=True)), _connector='OR'), name='source_of_training_has_one'),
        ),
        migrations.AddField(
            model_name='pickset',
            name='source',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pick_sets', to='picking.source'),
        ),
    ]
