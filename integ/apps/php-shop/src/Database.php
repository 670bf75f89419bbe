<?php

declare(strict_types=1);

namespace Shop;

use PDO;

final class Database
{
    /** The authorities that the image trusts, on Debian and on Alpine; those of RDS itself are not among them. */
    private const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

    public static function connect(): PDO
    {
        $dsn = sprintf(
            'mysql:host=%s;port=%s;dbname=%s;charset=utf8mb4',
            Environment::required('DB_HOST'),
            Environment::required('DB_PORT'),
            Environment::required('DB_NAME'),
        );

        return new PDO($dsn, Environment::required('DB_USER'), Environment::required('DB_PASSWORD'), [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
            PDO::ATTR_EMULATE_PREPARES => false,
            // Seconds to connect: a page that cannot have the database should fail while its reader still waits.
            PDO::ATTR_TIMEOUT => 3,
        ] + self::tls());
    }

    /** A proxy takes TLS alone, and shows a certificate of Amazon's public authorities. */
    private static function tls(): array
    {
        return Environment::flag('DB_TLS')
            ? [PDO::MYSQL_ATTR_SSL_CA => self::AUTHORITIES, PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => true]
            : [];
    }
}
