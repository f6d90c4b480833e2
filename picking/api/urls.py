"""The addresses of the API."""

from django.urls import path

from picking.api import (
    centres,
    exports,
    folders,
    jobs,
    me,
    members,
    micrographs,
    operations,
    projects,
    suggestions,
    trainings,
    uploads,
)

urlpatterns = [
    path("me", me.me),
    path("projects", projects.ProjectList.as_view()),
    path("projects/<int:project_id>", projects.ProjectDetail.as_view()),
    path("projects/<int:project_id>/snapshot", projects.snapshot),
    path("projects/<int:project_id>/agreement", projects.agreement),
    path("projects/<int:project_id>/picks", projects.picks),
    path("projects/<int:project_id>/operations", operations.apply),
    path("projects/<int:project_id>/uploads", uploads.UploadList.as_view()),
    path("projects/<int:project_id>/imports", folders.import_folder),
    path("projects/<int:project_id>/trainings", trainings.start),
    path("projects/<int:project_id>/trainings/adopt", trainings.adopt),
    path("trainings", trainings.networks),
    path("trainings/<int:training_id>", trainings.detail),
    path("trainings/<int:training_id>/weights", trainings.weights),
    path("trainings/<int:training_id>/make_current", trainings.make_current),
    path("trainings/<int:training_id>/validate", trainings.validate),
    path("projects/<int:project_id>/suggestions", suggestions.suggest),
    path("projects/<int:project_id>/export", exports.export),
    path("projects/<int:project_id>/members", members.add),
    path("projects/<int:project_id>/members/<int:user_id>", members.MemberDetail.as_view()),
    path("projects/<int:project_id>/invitations", members.invite),
    path("micrographs/<int:micrograph_id>", micrographs.MicrographDetail.as_view()),
    path("micrographs/<int:micrograph_id>/picks", micrographs.picks),
    path("micrographs/<int:micrograph_id>/centres", centres.find),
    path("uploads/<uuid:upload_id>", uploads.UploadDetail.as_view()),
    path("jobs/<int:job_id>/cancel", jobs.cancel),
    path("jobs/<int:job_id>/dismiss", jobs.dismiss),
    path("folders", folders.browse),
]
