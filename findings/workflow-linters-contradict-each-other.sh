#!/usr/bin/env bash
# No way to call a workflow of the same repository pleases both linters of workflow files.
#
# zizmor's rule `self-repository` wants `uses: $/.github/workflows/…` in place of `./.github/workflows/…`, and ends with 12, as for any finding of
# low severity. actionlint, the newest, takes `$/…` for a malformed call and ends with 1. A repository that asks both, each by its defaults, cannot
# be clean: one of the two has to be told to leave it.
#
# Seen with actionlint 1.7.12 and zizmor 1.32.0:
#   ./: actionlint 0, zizmor 12 (self-repository)
#   $/: actionlint 1 (workflow-call), zizmor 0
# Fails when one of them finds something else, or nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
GOBIN="$folder/bin" GOFLAGS=-modcacherw go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 2> install.log
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check zizmor==1.32.0
mkdir -p repository/.git repository/.github/workflows
cd repository
cat > .github/workflows/called.yml <<'EOF'
name: Called
on: workflow_call
permissions: {}
jobs:
  say:
    name: Say
    runs-on: ubuntu-24.04
    steps:
      - run: echo hello
EOF
rules() { grep -oE 'workflow-call\]|self-repository\]' | tr -d ']' | sort -u | paste -sd ' ' - || true; }
ask() {
  printf 'name: Caller\non: push\npermissions: {}\njobs:\n  call:\n    uses: %s.github/workflows/called.yml\n' "$1" > .github/workflows/caller.yml
  local one=0 other=0
  ../bin/actionlint > ../one.log 2>&1 || one=$?
  ../venv/bin/zizmor --offline --no-progress .github/workflows > ../other.log 2>&1 || other=$?
  echo "$1: actionlint $one ($(rules < ../one.log)), zizmor $other ($(rules < ../other.log))"
}
seen=$(ask ./; ask '$/')
echo "$seen"
[ "$seen" = $'./: actionlint 0 (), zizmor 12 (self-repository)\n$/: actionlint 1 (workflow-call), zizmor 0 ()' ]
