<?php
// Answers what the web server told it, after a pause where the path asks for one.
if (str_starts_with($_SERVER['REQUEST_URI'], '/slow')) {
    usleep(800000);
}
echo json_encode([
    'path' => $_SERVER['REQUEST_URI'],
    'script' => $_SERVER['SCRIPT_NAME'],
    'https' => $_SERVER['HTTPS'] ?? null,
    'visitor' => $_SERVER['REMOTE_ADDR'],
    'site' => $_SERVER['SERVER_NAME'] . ':' . $_SERVER['SERVER_PORT'],
    'host' => getenv('DB_HOST'),
    'user' => getenv('DB_USER'),
    'token' => getenv('TOKEN'),
]);
