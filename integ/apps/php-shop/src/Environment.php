<?php

declare(strict_types=1);

namespace Shop;

use RuntimeException;

/** What the platform tells the shop, through the environment of its container. */
final class Environment
{
    public static function required(string $name): string
    {
        $value = getenv($name);
        if ($value === false || $value === '') {
            throw new RuntimeException("Environment variable $name is not set");
        }

        return $value;
    }

    public static function flag(string $name): bool
    {
        return filter_var(getenv($name), FILTER_VALIDATE_BOOL);
    }
}
