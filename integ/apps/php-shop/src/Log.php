<?php

declare(strict_types=1);

namespace Shop;

use RuntimeException;
use Throwable;

/** One JSON object per line, which CloudWatch Logs Insights reads as fields. Nothing that a user typed, no name and no address. */
final class Log
{
    private const FATAL = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR;

    public static function info(string $message): void
    {
        self::write('info', $message);
    }

    /** What was thrown, and where; the arguments on the way there may be secrets, and stay out. */
    public static function failure(Throwable $failure): void
    {
        self::write('error', $failure->getMessage(), [
            'exception' => $failure::class,
            'at' => $failure->getFile() . ':' . $failure->getLine(),
        ]);
    }

    /** What PHP itself has to say becomes a line like any other. */
    public static function takeOver(): void
    {
        set_error_handler(static function (int $severity, string $message, string $file, int $line): bool {
            // Where the code silenced it with @, it is silent.
            if (error_reporting() & $severity) {
                self::write('warning', $message, ['at' => "$file:$line"]);
            }
            // Without its session's lock a page would go on, and lose in silence what it puts into the session.
            if (stripos($message, 'session lock') !== false && !headers_sent()) {
                throw new RuntimeException($message);
            }

            return true;
        });
        set_exception_handler(static function (Throwable $failure): never {
            self::failure($failure);
            // With a handler of one's own PHP would call it a success.
            http_response_code(500);
            exit(1);
        });
        register_shutdown_function(static function (): void {
            $last = error_get_last();
            if ($last !== null && $last['type'] & self::FATAL) {
                // Without the trace that PHP puts below.
                self::write('critical', strtok($last['message'], "\n"), ['at' => "{$last['file']}:{$last['line']}"]);
            }
        });
        // Once is enough.
        ini_set('log_errors', '0');
    }

    /** @param array<string, string> $more */
    private static function write(string $level, string $message, array $more = []): void
    {
        $line = ['time' => date(DATE_ATOM), 'level' => $level, 'message' => $message, ...self::request(), ...$more];
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE;
        file_put_contents('php://stderr', json_encode($line, $flags) . "\n");
    }

    /** @return array<string, string> nothing on the command line */
    private static function request(): array
    {
        if (!isset($_SERVER['REQUEST_URI'])) {
            return [];
        }

        return [
            // The one that the web server logs, or that the load balancer gave.
            'request_id' => $_SERVER['REQUEST_ID'] ?? $_SERVER['HTTP_X_AMZN_TRACE_ID'] ?? '',
            'method' => $_SERVER['REQUEST_METHOD'],
            'path' => (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH),
        ];
    }
}
