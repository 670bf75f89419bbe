<?php

declare(strict_types=1);

namespace Shop;

/** Product ids and quantities, kept in the session; names and prices stay in the database. */
final class Cart
{
    private const MAX_QUANTITY = 99;

    /** @return array<int, int> quantity by product id */
    public static function quantities(): array
    {
        return $_SESSION['cart'] ?? [];
    }

    public static function add(int $productId, int $quantity): void
    {
        $wanted = (self::quantities()[$productId] ?? 0) + $quantity;
        $_SESSION['cart'][$productId] = min(max($wanted, 1), self::MAX_QUANTITY);
    }

    public static function remove(int $productId): void
    {
        unset($_SESSION['cart'][$productId]);
    }

    public static function clear(): void
    {
        unset($_SESSION['cart']);
    }
}
