<?php

// A page that does not have its session's lock would go on, and lose in silence what it puts into the session.
set_error_handler(static function (int $level, string $message): bool {
    if (stripos($message, 'session lock') === false) {
        return false;
    }
    if (!headers_sent()) {
        http_response_code(503);
        header('Retry-After: 5');
    }
    error_log($message);
    exit;
});
