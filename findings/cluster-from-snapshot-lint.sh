#!/usr/bin/env bash
# The cluster that CDK restores from a snapshot is one that cfn-lint refuses.
#
# `rds.DatabaseClusterFromSnapshot` with generated credentials writes `MasterUserPassword` beside `SnapshotIdentifier`, which is how
# the restored cluster gets a new password, and no `MasterUsername`, whom the snapshot has. cfn-lint's rule E3021 wants the user
# wherever there is a password. A template that needs it has to ignore the check for that resource (Metadata, `cfn-lint`,
# `config`, `ignore_checks`).
#
# Seen with aws-cdk-lib 2.257.0 and cfn-lint 1.58.0:
#   MasterUserPassword SnapshotIdentifier
#   E3021 'MasterUsername' is a dependency of 'MasterUserPassword'
# Fails when CDK writes other properties, or cfn-lint finds another rule, or none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.257.0 constructs@10.5.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cfn-lint==1.58.0
cat > run.js <<'EOF'
const { App, Stack } = require('aws-cdk-lib');
const { Template } = require('aws-cdk-lib/assertions');
const ec2 = require('aws-cdk-lib/aws-ec2');
const rds = require('aws-cdk-lib/aws-rds');

const stack = new Stack(new App(), 'Stack');
new rds.DatabaseClusterFromSnapshot(stack, 'Restored', {
  engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_10_3 }),
  writer: rds.ClusterInstance.serverlessV2('Writer'),
  vpc: new ec2.Vpc(stack, 'Vpc'),
  snapshotIdentifier: 'a-snapshot',
  snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('admin'),
});
const template = Template.fromStack(stack);
const [cluster] = Object.values(template.findResources('AWS::RDS::DBCluster'));
console.log(Object.keys(cluster.Properties).filter(name => ['MasterUsername', 'MasterUserPassword', 'SnapshotIdentifier'].includes(name)).sort().join(' '));
require('fs').writeFileSync('template.json', JSON.stringify(template.toJSON()));
EOF
seen=$(node run.js 2> /dev/null; venv/bin/cfn-lint --format parseable --regions us-east-1 -- template.json | cut -d: -f6- | tr ':' ' ' | grep '^E' | sort -u || true)
echo "$seen"
[ "$seen" = $'MasterUserPassword SnapshotIdentifier\nE3021 \'MasterUsername\' is a dependency of \'MasterUserPassword\'' ]
