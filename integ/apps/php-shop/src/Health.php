<?php

declare(strict_types=1);

namespace Shop;

use Throwable;

/**
 * The load balancer's question is whether this container can answer: nginx and PHP work. It must not depend on the
 * database or the session store: a fault there would make every container unhealthy at once, and the platform would
 * replace them all, over and over, to no avail. `/healthz?deep=1` asks for both; it is for people and for dashboards.
 */
final class Health
{
    public static function shallow(): Response
    {
        return Response::json(['status' => 'ok']);
    }

    public static function deep(): Response
    {
        $checks = [
            'database' => self::works(static fn (): mixed => Database::connect()->query('SELECT 1')->fetchColumn()),
            'sessions' => self::works(Session::probe(...)),
        ];
        $ok = !in_array(false, $checks, true);

        return Response::json(['status' => $ok ? 'ok' : 'degraded', ...$checks], $ok ? 200 : 503);
    }

    private static function works(callable $check): bool
    {
        try {
            $check();

            return true;
        } catch (Throwable $failure) {
            Log::failure($failure);

            return false;
        }
    }
}
