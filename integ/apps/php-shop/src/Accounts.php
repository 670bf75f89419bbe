<?php

declare(strict_types=1);

namespace Shop;

use PDO;

final class Accounts
{
    public function __construct(private readonly PDO $db)
    {
    }

    /** The user's id, or null when name and password do not belong together. */
    public function authenticate(string $name, string $password): ?int
    {
        $statement = $this->db->prepare('SELECT id, password_hash FROM users WHERE name = ?');
        $statement->execute([$name]);
        $user = $statement->fetch();
        // A hash is verified for an unknown name too: the time of the answer must not tell which names exist.
        $hash = $user['password_hash'] ?? password_hash('nobody', PASSWORD_DEFAULT);

        return password_verify($password, $hash) && $user !== false ? $user['id'] : null;
    }

    /** Leaves an account that exists as it is. */
    public function createIfMissing(string $name, string $password): void
    {
        $statement = $this->db->prepare('SELECT 1 FROM users WHERE name = ?');
        $statement->execute([$name]);
        if ($statement->fetchColumn() === false) {
            $this->db->prepare('INSERT INTO users (name, password_hash) VALUES (?, ?)')
                ->execute([$name, password_hash($password, PASSWORD_DEFAULT)]);
        }
    }
}
