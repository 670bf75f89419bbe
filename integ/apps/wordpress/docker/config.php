<?php

// Debian's WordPress reads this as /etc/wordpress/config-default.php. Everything comes from what the platform declares.
define('DB_NAME', getenv('DB_NAME'));
define('DB_USER', getenv('DB_USER'));
define('DB_PASSWORD', getenv('DB_PASSWORD'));
define('DB_HOST', getenv('DB_HOST') . ':' . getenv('DB_PORT'));
define('DB_CHARSET', 'utf8mb4');

// One secret for all units: each of the eight is made of it.
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", hash_hmac('sha256', "{$name}_KEY", getenv('COOKIE_KEY')));
    define("{$name}_SALT", hash_hmac('sha256', "{$name}_SALT", getenv('COOKIE_KEY')));
}

define('WP_CONTENT_DIR', '/var/lib/wordpress/wp-content');
// Plugins and themes belong into the image: no unit installs any for itself.
define('DISALLOW_FILE_MODS', true);
define('FORCE_SSL_ADMIN', true);
// The proof's network has no way out; requests to oneself by the site's name would wait for an answer of the name server.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
