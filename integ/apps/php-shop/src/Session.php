<?php

declare(strict_types=1);

namespace Shop;

use RuntimeException;

/** The visitor's session, kept in Valkey or Redis so that any container can serve any visitor. */
final class Session
{
    public static function start(): void
    {
        ini_set('session.save_handler', 'redis');
        ini_set('session.save_path', self::savePath());
        ini_set('session.cookie_secure', self::viewerUsesTls() ? '1' : '0');
        if (!session_start()) {
            throw new RuntimeException('The session store does not answer');
        }
        $_SESSION['csrf'] ??= bin2hex(random_bytes(32));
    }

    /** Reads from the store and leaves nothing behind: no session, no cookie. */
    public static function probe(): void
    {
        self::start();
        session_abort();
        header_remove('Set-Cookie');
    }

    /** The address of the store, with the credentials of its user. With TLS, PHP verifies the certificate by default. */
    private static function savePath(): string
    {
        $scheme = Environment::flag('SESSION_TLS') ? 'tls' : 'tcp';
        $address = Environment::required('SESSION_HOST') . ':' . Environment::required('SESSION_PORT');
        $options = http_build_query([
            'timeout' => 3,
            'read_timeout' => 3,
            'prefix' => 'session:',
            'auth' => [
                'user' => Environment::required('SESSION_USER'),
                'pass' => Environment::required('SESSION_PASSWORD'),
            ],
        ]);

        return "$scheme://$address?$options";
    }

    /**
     * TLS ends at CloudFront or at the load balancer, so the container learns of it by a header only. CloudFront puts its
     * request id on every request, and its own protocol header on some; the platform has it send plain HTTP to HTTPS.
     */
    private static function viewerUsesTls(): bool
    {
        $throughCloudFront = isset($_SERVER['HTTP_X_AMZ_CF_ID']) ? 'https' : null;
        $protocol = $_SERVER['HTTP_CLOUDFRONT_FORWARDED_PROTO']
            ?? $throughCloudFront
            ?? $_SERVER['HTTP_X_FORWARDED_PROTO']
            ?? 'http';

        return $protocol === 'https';
    }

    /** A new id on login: one that somebody planted in the visitor's browser before is worth nothing after. */
    public static function logIn(int $userId, string $name): void
    {
        session_regenerate_id(true);
        $_SESSION['user'] = ['id' => $userId, 'name' => $name];
    }

    public static function logOut(): void
    {
        $_SESSION = [];
        session_regenerate_id(true);
    }

    /** @return array{id: int, name: string}|null */
    public static function user(): ?array
    {
        return $_SESSION['user'] ?? null;
    }

    public static function csrfToken(): string
    {
        return $_SESSION['csrf'];
    }

    public static function isCsrfToken(mixed $given): bool
    {
        return is_string($given) && hash_equals(self::csrfToken(), $given);
    }
}
