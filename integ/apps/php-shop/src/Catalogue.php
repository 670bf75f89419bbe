<?php

declare(strict_types=1);

namespace Shop;

use PDO;

/** @phpstan-type Product array{id: int, name: string, description: string, price_cents: int, stock: int, image_key: string} */
final class Catalogue
{
    private const COLUMNS = 'id, name, description, price_cents, stock, image_key';

    public function __construct(private readonly PDO $db)
    {
    }

    /** @return list<Product> */
    public function all(): array
    {
        return $this->db->query('SELECT ' . self::COLUMNS . ' FROM products ORDER BY name')->fetchAll();
    }

    public function has(int $productId): bool
    {
        return $this->byIds([$productId]) !== [];
    }

    /**
     * @param list<int> $ids
     * @return list<Product>
     */
    public function byIds(array $ids): array
    {
        if ($ids === []) {
            return [];
        }
        $marks = implode(', ', array_fill(0, count($ids), '?'));
        $statement = $this->db->prepare('SELECT ' . self::COLUMNS . " FROM products WHERE id IN ($marks) ORDER BY name");
        $statement->execute($ids);

        return $statement->fetchAll();
    }
}
