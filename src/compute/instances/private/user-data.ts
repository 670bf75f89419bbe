import { Token } from 'aws-cdk-lib';
import { agentConfiguration, agentEdit, AgentProps } from './agent';
import { ENVIRONMENT_SCRIPT, secretLines, variableLines } from './environment';
import { packed } from './packed';
import {
  FASTCGI_CONF, HEALTH_CHILDREN, healthPoolEdit, nginxConf, PHP_GLOBAL_CONF, PHP_INI, phpPoolConf, userIni, WebServerProps,
} from './web-server';
import { FileSystemMount, SecretReference } from '../../../core';
import { InstanceCodeLocation } from '../instance-code';

/** What an instance is told at its first start. */
export interface UserDataProps extends WebServerProps, AgentProps {
  readonly region: string;
  readonly stackName: string;
  /** Logical id of the group: what waits for the instances when the stack is made. */
  readonly signalTo: string;
  /** Lifecycle hook that holds an instance back until its application answers. */
  readonly hookName: string;
  readonly phpVersion: string;
  readonly phpExtensions: string[];
  readonly packages: string[];
  readonly code?: InstanceCodeLocation;
  readonly variables: { [name: string]: string };
  readonly secrets: { [name: string]: SecretReference };
  readonly mounts: FileSystemMount[];
}

/** Where the application's code lies. */
export const APPLICATION_FOLDER = '/var/www/app';
/** Memory that the system, nginx and the agents take. */
const SYSTEM_MIB = 384;
/** PHP processes for each processor at the most: a page waits for the database most of its time. */
const CHILDREN_PER_CPU = 16;

/** Both nginx and PHP-FPM cut what is under way at SIGTERM, and finish it at SIGQUIT (sent to the first process, which tells the others). */
const GRACEFULLY = `KillSignal=SIGQUIT
KillMode=mixed
TimeoutStopSec=30
Restart=on-failure`;

/** The user data: a shell script for Amazon Linux 2023. */
export function userDataScript(props: UserDataProps): string {
  return [
    '#!/bin/bash\nset -euo pipefail',
    readyScript(props),
    // An instance that cannot become ready says so at once, and is replaced.
    'trap \'trap - ERR; /usr/local/sbin/application-ready failed\' ERR',
    install(props),
    ...props.code === undefined ? [] : [download(props.code, props.region)],
    ...props.mounts.map(mount),
    ...withPacked(configuration(props)),
    limits(props.workerMemoryMiB),
    ...props.pingsPhp ? [codeCheck(props)] : [],
    start(),
  ].join('\n\n') + '\n';
}

function file(path: string, text: string): string {
  return `cat > ${path} <<'END-OF-FILE'\n${text}\nEND-OF-FILE`;
}

/** A file whose indentation means nothing, without it and without comments: user data has little room. */
function terse(path: string, text: string): string {
  return file(path, text.split('\n').map(line => line.trim()).filter(line => line !== '' && !/^[#;] /.test(line)).join('\n'));
}

/** What is there already, as in an image of one's own, is not asked of any repository. */
function install({ phpVersion, phpExtensions, packages, mounts }: UserDataProps): string {
  // OPcache is part of PHP itself from 8.5 on.
  const parts = ['fpm', 'cli', 'mysqlnd', 'mbstring', 'xml', ...Number(phpVersion.split('.')[1]) < 5 ? ['opcache'] : []];
  const wanted = [
    'nginx', ...parts.map(part => `php${phpVersion}-${part}`), 'amazon-cloudwatch-agent', 'amazon-ssm-agent',
    ...mounts.length > 0 ? ['amazon-efs-utils'] : [], ...packages,
  ];
  const build = phpExtensions.map(each => {
    const [name] = each.split('-');
    return `if ! php -r 'exit(extension_loaded("${name}") ? 0 : 1);'; then
  dnf install -y php${phpVersion}-devel php-pear gcc make
  printf '\\n%.0s' {1..20} | pecl install ${each}
  echo 'extension=${name}' > /etc/php.d/50-${name}.ini
fi`;
  });
  return [`missing=()
for package in ${wanted.join(' ')}; do
  rpm -q --quiet --whatprovides "$package" || missing+=("$package")
done
if [ "\${#missing[@]}" -gt 0 ]; then dnf install -y "\${missing[@]}"; fi`, ...build].join('\n');
}

function download({ bucket, objectKey, objectVersion }: InstanceCodeLocation, region: string): string {
  const version = objectVersion === undefined ? '' : ` --version-id '${objectVersion}'`;
  return `archive=$(mktemp)
aws s3api get-object --region ${region} --bucket '${bucket.bucketName}' --key '${objectKey}'${version} "$archive" > /dev/null
rm -rf ${APPLICATION_FOLDER} && mkdir -p ${APPLICATION_FOLDER}
if [ "$(head -c 2 "$archive")" = PK ]; then
  python3 -m zipfile -e "$archive" ${APPLICATION_FOLDER}
else
  tar --extract --file "$archive" --directory ${APPLICATION_FOLDER} --no-same-owner
fi
rm "$archive"
chmod -R a+rX,go-w ${APPLICATION_FOLDER}`;
}

/** In fstab, so that it is there again when a stopped instance starts. */
function mount({ fileSystem, accessPoint, path }: FileSystemMount): string {
  return `mkdir -p '${path}'
echo '${fileSystem.fileSystemId} ${path} efs _netdev,noresvport,tls,iam,accesspoint=${accessPoint.accessPointId} 0 0' >> /etc/fstab
mount '${path}'`;
}

/** What is known here, packed, and then what is known at deployment alone; each in its order. */
function withPacked(sections: string[]): string[] {
  const known = sections.filter(section => !Token.isUnresolved(section));
  return [packed(known.join('\n')), ...sections.filter(section => Token.isUnresolved(section))];
}

function configuration(props: UserDataProps): string[] {
  return [
    'mkdir -p /etc/application /etc/systemd/system/{php-fpm,nginx}.service.d /var/log/php-fpm && chown nginx: /var/log/php-fpm',
    file('/etc/application/variables', variableLines(props.variables)),
    file('/etc/application/secrets', secretLines(props.secrets)),
    file('/usr/local/sbin/application-environment', ENVIRONMENT_SCRIPT),
    'chmod 700 /usr/local/sbin/application-environment',
    terse('/etc/nginx/nginx.conf', nginxConf(props)),
    terse('/etc/nginx/application-fastcgi.conf', FASTCGI_CONF),
    terse('/etc/php-fpm.d/www.conf', phpPoolConf(props)),
    `sed '${healthPoolEdit(props)}' /etc/php-fpm.d/www.conf > /etc/php-fpm.d/health.conf`,
    file('/etc/php-fpm.d/00-global.conf', PHP_GLOBAL_CONF),
    file('/etc/php.d/80-application.ini', PHP_INI),
    ...Object.keys(props.phpIni).length === 0 ? [] : [file('/etc/php.d/95-user.ini', userIni(props))],
    file('/etc/application/agent.json', agentConfiguration(props)),
    `sed -i '${agentEdit(props)}' /etc/application/agent.json`,
    ...units(props),
  ];
}

/** What systemd does at each start, and at a stop. */
function units({ region }: UserDataProps): string[] {
  return [
    file('/etc/systemd/system/application-environment.service', `[Unit]
After=network-online.target
Wants=network-online.target
[Service]
Type=oneshot
Environment=AWS_DEFAULT_REGION=${region} AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=10
ExecStart=/usr/local/sbin/application-environment`),
    file('/etc/systemd/system/php-fpm.service.d/application.conf', `[Unit]
Requires=application-environment.service
After=application-environment.service
[Service]
EnvironmentFile=/run/application/environment
${GRACEFULLY}`),
    // Started after PHP-FPM, so that it is stopped before: what it has begun PHP-FPM still answers.
    file('/etc/systemd/system/nginx.service.d/application.conf', `[Unit]
After=php-fpm.service
[Service]
${GRACEFULLY}`),
    file('/etc/systemd/system/application-ready.service', `[Unit]
After=nginx.service php-fpm.service
[Service]
Type=oneshot
ExecStart=/usr/local/sbin/application-ready
[Install]
WantedBy=multi-user.target`),
  ];
}

/** How much runs side by side follows from the memory and the processors that the instance turned out to have. */
function limits(workerMemoryMiB: number): string {
  return `memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
children=$(( (memory - ${SYSTEM_MIB}) / ${workerMemoryMiB} - ${HEALTH_CHILDREN} ))
most=$(( $(nproc) * ${CHILDREN_PER_CPU} ))
if [ "$children" -gt "$most" ]; then children=$most; fi
if [ "$children" -lt 2 ]; then children=2; fi
sed -i -e "s/@CHILDREN@/$children/; s/@EVERYONE@/$(( children * 4 ))/; s/@NEWCOMERS@/$(( children * 2 ))/" \\
  /etc/nginx/nginx.conf /etc/php-fpm.d/www.conf`;
}

/** A ping does not ask the application: that its code is there, and is PHP, is looked at once. */
function codeCheck({ root }: UserDataProps): string {
  return `php -l '${root}/index.php' > /dev/null`;
}

function start(): string {
  return `nginx -t
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -c file:/etc/application/agent.json
systemctl daemon-reload
systemctl enable amazon-ssm-agent php-fpm nginx application-ready
systemctl start amazon-ssm-agent
systemctl restart php-fpm nginx
systemctl start application-ready`;
}

/**
 * Runs at the end of every start: when the application answers, lets the group take the instance in, or into the warm pool;
 * when it does not, has it replaced. Outside of a launch nobody waits for either, which is no failure. The agent starts here,
 * so that the group's CPU is that of instances which serve: many that boot at once would look like a ramp, and many that enter
 * the warm pool like the end of one.
 */
function readyScript({ port, healthCheckPath, region, stackName, signalTo, groupName, hookName }: UserDataProps): string {
  return `${file('/usr/local/sbin/application-ready', `#!/bin/bash
result=CONTINUE
if [ "\${1:-}" = failed ]; then result=ABANDON
else
  for attempt in {1..60}; do
    if curl --fail --silent --output /dev/null --max-time 5 'http://127.0.0.1:${port}${healthCheckPath}'; then break; fi
    if [ "$attempt" = 60 ]; then result=ABANDON; fi
    sleep 2
  done
fi
token=$(curl -sS -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
about() { curl -sS -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"; }
instance=$(about instance-id)
case "$result $(about autoscaling/target-lifecycle-state)" in
  'CONTINUE Warmed:'*) ;;
  *) systemctl start amazon-cloudwatch-agent || true ;;
esac
aws autoscaling complete-lifecycle-action --region ${region} --auto-scaling-group-name '${groupName}' \\
  --lifecycle-hook-name ${hookName} --instance-id "$instance" --lifecycle-action-result "$result" || true
[ "$result" = CONTINUE ]; status=$?
/opt/aws/bin/cfn-signal --exit-code "$status" --region ${region} --stack '${stackName}' --resource ${signalTo} || true
exit "$status"`)}
chmod 700 /usr/local/sbin/application-ready`;
}
