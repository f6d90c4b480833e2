"""The border margin is in particle diameters, and half a diameter, which picking kept by itself, at least."""

from django.db import migrations, models

KEPT = 0.5


def in_diameters(angstrom, diameter):
    return max(KEPT, angstrom / diameter) if diameter else KEPT


def convert(apps, schema_editor):
    for project in apps.get_model('picking', 'Project').objects.all():
        project.border_margin = in_diameters(project.border_margin, project.particle_diameter)
        project.save(update_fields=['border_margin'])
    events = apps.get_model('picking', 'Event').objects
    for event in events.filter(type='project.changed'):
        told = event.data['project']
        if 'border_margin' in told:
            told['border_margin'] = in_diameters(told['border_margin'], told.get('particle_diameter'))
            event.save(update_fields=['data'])


class Migration(migrations.Migration):

    dependencies = [
        ('picking', '0031_averages'),
    ]

    operations = [
        migrations.AlterField(
            model_name='project',
            name='border_margin',
            field=models.FloatField(help_text='particle diameters: network picks nearer to the border are left out'),
        ),
        migrations.RunPython(convert, migrations.RunPython.noop),
    ]
