<?php

declare(strict_types=1);

namespace Shop;

use RuntimeException;

/**
 * The visitor's session, kept in Valkey or Redis so that any container can serve any visitor. Where that is, how PHP gets
 * there and how the cookie travels is the platform's to say: see `docker/start.sh`.
 */
final class Session
{
    public static function start(): void
    {
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
