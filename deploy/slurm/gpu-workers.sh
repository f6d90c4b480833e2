#!/usr/bin/env bash
# GPU workers for CryoWeb for a while, on a cluster that reaches its database, Redis and data folder:
#   sbatch --array=1-4 deploy/slurm/gpu-workers.sh
# Five minutes before the time limit, and at scancel --signal=TERM --batch, a worker takes no more jobs. What it is at may
# end within four minutes, or is handed back to the other workers.
#SBATCH --job-name=cryoweb-gpu
#SBATCH --gres=gpu:1
#SBATCH --cpus-per-task=8
#SBATCH --mem=32G
#SBATCH --time=04:00:00
#SBATCH --signal=B:TERM@300
#SBATCH --output=cryoweb-gpu-%A_%a.log
set -euo pipefail

cd "${CRYOWEB_HOME:-/opt/cryoweb}"
set -a # what the file says is for the worker
# shellcheck source=/dev/null
source "${CRYOWEB_ENV:-/etc/cryoweb/cryoweb.env}"
set +a
export CRYOWEB_DRAIN_SECONDS="${CRYOWEB_DRAIN_SECONDS_SLURM:-240}"

.venv/bin/python manage.py worker trainer &
worker=$!
trap 'kill -TERM "$worker"' TERM INT
# A signal ends `wait` too: the worker is then still at its job.
while true; do
    status=0
    wait "$worker" || status=$?
    kill -0 "$worker" 2>/dev/null || exit "$status"
done
