import os

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_real_paths(apps, schema_editor):
    """Files that are used in place may lie where they lie now."""
    for name, rows in (("Micrograph", {}), ("Job", {"kind": "import", "in_place": True, "ended_at": None})):
        model = apps.get_model("picking", name)
        found = list(model._base_manager.filter(**rows).exclude(source="").only("pk", "source"))
        for row in found:
            row.lies_at = os.path.realpath(row.source)
        model._base_manager.bulk_update(found, ["lies_at"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("picking", "0032_border_margin"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="lies_at",
            field=models.TextField(blank=True, help_text="import: its real path when it was queued, used in place"),
        ),
        migrations.AddField(
            model_name="micrograph",
            name="imported_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="micrograph",
            name="lies_at",
            field=models.TextField(blank=True, help_text="its real path when it was imported, used in place"),
        ),
        migrations.RunPython(keep_real_paths, migrations.RunPython.noop),
    ]
