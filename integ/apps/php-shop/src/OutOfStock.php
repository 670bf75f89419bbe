<?php

declare(strict_types=1);

namespace Shop;

use RuntimeException;

final class OutOfStock extends RuntimeException
{
}
