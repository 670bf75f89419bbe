<?php

declare(strict_types=1);

namespace Shop;

use PDO;
use Throwable;

final class Orders
{
    public function __construct(private readonly PDO $db)
    {
    }

    /**
     * Writes the order, its lines and the stock that is left, all or nothing.
     *
     * @param array<int, int> $quantities by product id
     * @throws OutOfStock when a product has not enough left
     */
    public function place(int $userId, array $quantities): int
    {
        // Always in the same order, so that two checkouts never wait for each other's rows.
        ksort($quantities);
        $this->db->beginTransaction();
        try {
            $this->db->prepare('INSERT INTO orders (user_id) VALUES (?)')->execute([$userId]);
            $orderId = (int) $this->db->lastInsertId();
            foreach ($quantities as $productId => $quantity) {
                $this->takeFromStock($productId, $quantity);
                $this->addLine($orderId, $productId, $quantity);
            }
            $this->db->commit();

            return $orderId;
        } catch (Throwable $failure) {
            if ($this->db->inTransaction()) {
                $this->db->rollBack();
            }
            throw $failure;
        }
    }

    /** @return list<array{id: int, placed_at: string, items: int, total_cents: int}> newest first */
    public function ofUser(int $userId): array
    {
        $statement = $this->db->prepare(
            'SELECT o.id, o.placed_at, CAST(SUM(l.quantity) AS SIGNED) AS items,
                    CAST(SUM(l.quantity * l.price_cents) AS SIGNED) AS total_cents
             FROM orders o JOIN order_lines l ON l.order_id = o.id
             WHERE o.user_id = ? GROUP BY o.id, o.placed_at ORDER BY o.id DESC LIMIT 50',
        );
        $statement->execute([$userId]);

        return $statement->fetchAll();
    }

    private function takeFromStock(int $productId, int $quantity): void
    {
        $update = $this->db->prepare('UPDATE products SET stock = stock - ? WHERE id = ? AND stock >= ?');
        $update->execute([$quantity, $productId, $quantity]);
        if ($update->rowCount() === 0) {
            throw new OutOfStock("Product $productId has fewer than $quantity left");
        }
    }

    /** The line keeps the price of the day: the product's may change later. */
    private function addLine(int $orderId, int $productId, int $quantity): void
    {
        $this->db->prepare(
            'INSERT INTO order_lines (order_id, product_id, quantity, price_cents)
             SELECT ?, id, ?, price_cents FROM products WHERE id = ?',
        )->execute([$orderId, $quantity, $productId]);
    }
}
