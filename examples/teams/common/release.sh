#!/usr/bin/env bash
# Releases what was built, or takes the last release back.
#
#   ./release.sh WHAT NAME     WHAT: the folder of a site, the name of an image or its archive, the archive of an instance's code,
#                              or the number of a function's version. NAME: what this release is called, such as a commit.
#   ./release.sh --take-back   what was released before is live again
#   ./release.sh --status      what is live
#
# RELEASE_PARAMETER names what is released: the output …PipelineParameterName of the platform's stack.
# It needs bash, jq, the AWS command line, and Docker for an image.
set -euo pipefail

fail() { echo "release.sh: $1" >&2; exit 1; }

[[ $# -ge 1 && -n ${RELEASE_PARAMETER:-} ]] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
place=$(aws ssm get-parameter --name "$RELEASE_PARAMETER" --query Parameter.Value --output text)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Each is read into a variable first: bash ends at an error there, and not within a command's arguments.
known() { jq --exit-status --raw-output --arg name "$1" '.[$name]' <<< "$place" || fail "$RELEASE_PARAMETER says nothing of its $1"; }

# Asks the platform's function, shows its answer, and fails when that failed.
ask() {
  printf '%s' "$1" > "$work/question.json"
  local failed function
  function=$(known releaseFunction)
  # Once: a second call while the first one is on its way would be refused.
  failed=$(AWS_MAX_ATTEMPTS=1 aws lambda invoke --function-name "$function" --cli-read-timeout 900 \
    --payload "fileb://$work/question.json" --query FunctionError --output text "$work/answer.json")
  [[ $failed == None ]] || fail "$(jq --raw-output '.errorMessage // .' "$work/answer.json")"
  jq . "$work/answer.json"
}

# A deployment may take longer than the function waits.
ask_until_done() {
  ask "$1"
  while jq --exit-status '[.deployment[]? | select(test("PENDING|IN_PROGRESS|REQUESTED"))] | length > 0' "$work/answer.json" > "$work/waits"; do
    sleep "${RELEASE_PAUSE:-30}"
    ask '{}'
  done
  jq --exit-status '[.deployment[]? | select(. != "SUCCESSFUL")] | length == 0' "$work/answer.json" > "$work/done" \
    || fail 'the deployment was taken back: what ran before runs'
}

push() {
  local image=$1 repository password
  repository=$(known repository)
  if aws ecr describe-images --repository-name "${repository#*/}" --image-ids "imageTag=$2" > "$work/images" 2>&1; then
    echo "$2 is in $repository already"
    return
  fi
  [[ ! -f $image ]] || image=$(docker load --quiet --input "$image" | sed -n 's/^Loaded image[^:]*: //p')
  password=$(aws ecr get-login-password)
  docker login --username AWS --password-stdin "${repository%%/*}" <<< "$password"
  docker tag "$image" "$repository:$2"
  docker push "$repository:$2"
}

refresh() {
  local group bucket key id state
  group=$(known group)
  bucket=$(known bucket)
  key=$(known key)
  aws s3 cp --only-show-errors "$1" "s3://$bucket/$key"
  id=$(aws autoscaling start-instance-refresh --auto-scaling-group-name "$group" --query InstanceRefreshId --output text)
  while state=$(aws autoscaling describe-instance-refreshes --auto-scaling-group-name "$group" --instance-refresh-ids "$id" \
    --query 'InstanceRefreshes[0].Status' --output text) && [[ $state == Pending || $state == InProgress || $state == Baking ]]; do
    sleep "${RELEASE_PAUSE:-30}"
  done
  [[ $state == Successful ]] || fail "the refresh $id of $group ended as $state: look at its instances and their logs"
}

upload() {
  local bucket
  [[ -f $1/index.html ]] || fail "there is no index.html in $1: give the folder that the build wrote"
  bucket=$(known bucket)
  aws s3 cp --recursive --only-show-errors "$1" "s3://$bucket/builds/$2/"
}

lead_to() {
  local function alias
  function=$(known function)
  alias=$(known alias)
  aws lambda update-alias --function-name "$function" --name "$alias" --function-version "$1"
}

release() {
  local question
  question=$(jq --null-input --compact-output --arg name "$2" '{release: $name}')
  case $kind in
    site) upload "$1" "$2"; ask "$question" ;;
    image) push "$1" "$2"; ask_until_done "$question" ;;
    instances) refresh "$1" ;;
    function) lead_to "$1" ;;
    *) fail "what is of the kind '$kind' is released with its stack: give it ReleasedImage.byTeam() in the platform" ;;
  esac
}

kind=$(known kind)
case $1 in
  --status | --take-back)
    [[ $kind == site || $kind == image ]] || fail "$1 is not known of the kind '$kind': release what was live before by its own name"
    if [[ $1 == --status ]]; then ask '{}'; else ask_until_done '{"takeBack":true}'; fi ;;
  *)
    [[ $# -eq 2 ]] || fail "give what is released and what it is called, got: $*"
    release "$1" "$2" ;;
esac
