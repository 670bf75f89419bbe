/** What the web server of an instance is told. */
export interface WebServerProps {
  readonly port: number;
  readonly healthCheckPath: string;
  /** Whether PHP-FPM answers the health check by itself, in place of a script of the application. */
  readonly pingsPhp: boolean;
  /** Absolute folder that is served. */
  readonly root: string;
  /** Folders on file systems, by the path that they are served at. */
  readonly folders: { readonly [urlPath: string]: string };
  readonly workerMemoryMiB: number;
  /** The largest file that a visitor may send. */
  readonly maxUploadMiB: number;
  /** Settings of `php.ini`, as they are written there. */
  readonly phpIni: { readonly [name: string]: string };
}

/** What a form may hold beside its file. */
const FORM_MIB = 1;

/** Variables of FastCGI that are the same for each script: of two values PHP-FPM takes the later. */
export const FASTCGI_CONF = `include /etc/nginx/fastcgi_params;
fastcgi_param REMOTE_ADDR $viewer_address;
fastcgi_param REQUEST_SCHEME $viewer_proto;
fastcgi_param SERVER_NAME $host;
fastcgi_param SERVER_PORT $viewer_port;
fastcgi_param HTTPS $viewer_https if_not_empty;
fastcgi_param HTTP_X_FORWARDED_PROTO $viewer_proto;
fastcgi_param HTTP_X_FORWARDED_PORT $viewer_port;
# An HTTP header of that name would set the variable that many HTTP clients take for their proxy (httpoxy).
fastcgi_param HTTP_PROXY '';
fastcgi_read_timeout 60s;`;

/** Processes of PHP for health checks alone: the load balancer asks from each of its zones, and one check may be slow. */
export const HEALTH_CHILDREN = 2;

/**
 * The visitor as CloudFront saw it: address (in front of the last colon, also of IPv6, which comes without brackets) and
 * protocol, which the load balancer knows of the last leg alone. Both are CloudFront's own headers, which it sends whatever
 * the visitor sends, and nobody but CloudFront reaches the balancer. What comes without them, as a health check does, keeps
 * its sender's address and the protocol that the balancer says.
 */
const VIEWER = `  map $http_cloudfront_viewer_address $viewer_address {
    default $remote_addr;
    '~*^\\[?([0-9a-f.:]+)\\]?:\\d+$' $1;
  }
  map $http_x_forwarded_proto $balancer_proto {
    default $scheme;
    https https;
  }
  map $http_cloudfront_forwarded_proto $viewer_proto {
    default $balancer_proto;
    http http;
    https https;
  }
  map $viewer_proto $viewer_https {
    https on;
  }
  map $viewer_proto $viewer_port {
    default $server_port;
    https 443;
  }`;

/** How many requests may be with PHP: all of them, and those of whoever comes without a cookie. */
const LIMITS = `  map $http_cookie $newcomer {
    default '';
    '' $server_name;
  }
  limit_conn_zone $server_name zone=everyone:1m;
  limit_conn_zone $newcomer zone=newcomers:1m;
  limit_conn_status 503;
  limit_conn_log_level info;`;

/**
 * A JSON object for each request, with the fields of `LOG_FIELDS`. nginx has seconds with three digits after the point:
 * without the point, and without zeros ahead, they are milliseconds. Of several times the last is PHP's that answered.
 */
const LOG_FORMAT = `  map $request_time $duration_ms {
    ~^0\\.0*(\\d+)$ $1;
    ~^(\\d+)\\.(\\d+)$ $1$2;
  }
  map $upstream_response_time $upstream_ms {
    default null;
    ~\\b0\\.0*(\\d+)$ $1;
    ~(\\d+)\\.(\\d+)$ $1$2;
  }
  log_format json escape=json '{"time":"$time_iso8601","request_id":"$http_x_amzn_trace_id","method":"$request_method",'
    '"path":"$path","status":$status,"duration_ms":$duration_ms,"upstream_ms":$upstream_ms,"bytes":$bytes_sent,'
    '"user_agent":"$http_user_agent"}';`;

/**
 * nginx.conf. `@EVERYONE@` and `@NEWCOMERS@` become numbers on the instance: how many requests may be with PHP at once.
 * Beyond them a request is answered 503 at once: a few wait in vain for seconds otherwise, and hold up everyone else.
 * Whoever comes without any cookie is turned away at half of that, so that those already in can finish what they do.
 */
export function nginxConf(props: WebServerProps): string {
  return `user nginx;
worker_processes auto;
worker_rlimit_nofile 16384;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
# Requests under way are finished within the time that the load balancer leaves.
worker_shutdown_timeout 25s;

events {
  worker_connections 4096;
}

http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  server_tokens off;
  sendfile on;
  # As the viewer asked for it: $uri has become the script by then. Without the query, where names and tokens may stand.
  map $request_uri $path {
    '~^(?<before>[^?]*)' $before;
  }
${LOG_FORMAT}
  access_log /var/log/nginx/access.log json;
  client_max_body_size ${props.maxUploadMiB + FORM_MIB}m;
  # Longer than the load balancer's 58 seconds, so that it is never nginx that closes a connection about to be reused.
  keepalive_timeout 75s;
  gzip on;
  gzip_proxied any;
  gzip_types text/css application/javascript application/json image/svg+xml;

${VIEWER}
${LIMITS}

${server(props)}
}`;
}

function server(props: WebServerProps): string {
  const { port, root, folders } = props;
  return `  server {
    listen ${port};
    server_name application;
    # A folder without its slash is redirected to by its path alone: the name and port here are not the visitor's.
    absolute_redirect off;
    root ${root};
    index index.php index.html;
    error_page 503 @busy;

${[healthLocation(props), ...Object.entries(folders).map(folderLocation)].join('\n')}
    location ~ /\\.(?!well-known/) {
      return 404;
    }
    location / {
      try_files $uri $uri/ /index.php$is_args$args;
    }
    location ~ \\.php$ {
      limit_conn everyone @EVERYONE@;
      limit_conn newcomers @NEWCOMERS@;
      try_files $uri =404;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      include /etc/nginx/application-fastcgi.conf;
      fastcgi_pass unix:${socketOf('www')};
    }
    location @busy {
      add_header Retry-After 5 always;
      add_header Cache-Control no-store always;
      return 503;
    }
  }`;
}

/**
 * The health check passes PHP, is never turned away, and waits behind no request: a unit that is busy is not ill, and to
 * replace it makes the others busier. A ping of PHP-FPM goes the same way; its script is not run.
 */
function healthLocation({ healthCheckPath }: WebServerProps): string {
  const [path] = healthCheckPath.split('?');
  const script = path.endsWith('.php') ? path : '/index.php';
  return `    location = ${path} {
      access_log off;
      fastcgi_param SCRIPT_FILENAME $document_root${script};
      include /etc/nginx/application-fastcgi.conf;
      fastcgi_pass unix:${socketOf('health')};
    }`;
}

function folderLocation([urlPath, folder]: [string, string]): string {
  return `    location ^~ ${urlPath}/ {
      alias ${folder}/;
      access_log off;
    }`;
}

function socketOf(pool: string): string {
  return `/run/php-fpm/${pool}.sock`;
}

/** The pool of PHP-FPM for requests: a fixed number of processes, since the instance has nothing else to do with its memory. */
export function phpPoolConf({ workerMemoryMiB, maxUploadMiB }: WebServerProps): string {
  return `[www]
user = nginx
group = nginx
listen = ${socketOf('www')}
listen.owner = nginx
listen.group = nginx
listen.mode = 0660
listen.backlog = @EVERYONE@
pm = static
pm.max_children = @CHILDREN@
pm.max_requests = 2000
request_terminate_timeout = 60s
request_slowlog_timeout = 5s
slowlog = /var/log/php-fpm/slow.log
; The application is configured by its environment.
clear_env = no
catch_workers_output = yes
decorate_workers_output = no
php_admin_flag[log_errors] = on
php_admin_flag[display_errors] = off
php_admin_value[error_log] = /var/log/php-fpm/application.log
php_admin_value[upload_max_filesize] = ${maxUploadMiB}M
php_admin_value[post_max_size] = ${maxUploadMiB + FORM_MIB}M
php_value[memory_limit] = ${workerMemoryMiB}M`;
}

/** Makes of the pool for requests the one for health checks, line by line; from the other, since user data has little room. */
export function healthPoolEdit({ healthCheckPath, pingsPhp }: WebServerProps): string {
  const ping = pingsPhp ? `; $a ping.path = ${healthCheckPath}` : '';
  return `s/www/health/; s/@CHILDREN@/${HEALTH_CHILDREN}/; s/@EVERYONE@/16/; s/terminate_timeout = 60s/terminate_timeout = 10s/${ping}`;
}

/** Settings of PHP that a pool cannot make. */
export const PHP_INI = `expose_php = Off
session.use_strict_mode = 1
session.cookie_httponly = 1
opcache.validate_timestamps = 0`;

/** The user's settings, in a file that PHP reads last: they win over those above, and over those of sessions. */
export function userIni({ phpIni }: Pick<WebServerProps, 'phpIni'>): string {
  return Object.entries(phpIni).map(([name, value]) => `${name} = ${value}`).join('\n');
}

/** PHP-FPM finishes what is under way when it is told to end. */
export const PHP_GLOBAL_CONF = `[global]
process_control_timeout = 25s
log_limit = 8192`;
