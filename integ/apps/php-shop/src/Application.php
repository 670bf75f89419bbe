<?php

declare(strict_types=1);

namespace Shop;

use PDO;
use Throwable;

/** The shop's pages, by method and path. */
final class Application
{
    private ?PDO $connection = null;

    public function run(): void
    {
        $method = $_SERVER['REQUEST_METHOD'] === 'HEAD' ? 'GET' : $_SERVER['REQUEST_METHOD'];
        $path = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
        try {
            $response = $path === '/healthz' ? $this->health() : $this->page($method, $path);
        } catch (Throwable $failure) {
            Log::failure($failure);
            // Plain text: what failed may be the very session that a page needs.
            $response = new Response('The shop has a problem. Please try again.', 500, ['Content-Type' => 'text/plain']);
        }
        $response->send();
    }

    private function health(): Response
    {
        return isset($_GET['deep']) ? Health::deep() : Health::shallow();
    }

    private function page(string $method, string $path): Response
    {
        Session::start();
        if ($method === 'POST' && !Session::isCsrfToken($_POST['csrf'] ?? null)) {
            return $this->message('This form is out of date. Please go back and try again.', 403);
        }

        return match ("$method $path") {
            'GET /' => Response::page('catalogue', ['products' => (new Catalogue($this->db()))->all()]),
            'GET /cart' => $this->cart(),
            'POST /cart' => $this->addToCart(),
            'POST /cart/remove' => $this->removeFromCart(),
            'GET /login' => Response::page('login', ['error' => null]),
            'POST /login' => $this->logIn(),
            'POST /logout' => $this->logOut(),
            'POST /checkout' => $this->checkOut(),
            'GET /orders' => $this->orders(),
            default => $this->message('There is no such page.', 404),
        };
    }

    private function cart(?string $error = null, int $status = 200): Response
    {
        $quantities = Cart::quantities();
        $lines = array_map(
            static fn (array $product): array => $product + ['quantity' => $quantities[$product['id']]],
            (new Catalogue($this->db()))->byIds(array_keys($quantities)),
        );

        return Response::page('cart', ['lines' => $lines, 'error' => $error], $status);
    }

    private function addToCart(): Response
    {
        $productId = $this->postedNumber('product');
        if (!(new Catalogue($this->db()))->has($productId)) {
            return $this->message('There is no such product.', 404);
        }
        Cart::add($productId, max(1, $this->postedNumber('quantity')));

        return Response::redirect('/cart');
    }

    private function removeFromCart(): Response
    {
        Cart::remove($this->postedNumber('product'));

        return Response::redirect('/cart');
    }

    private function logIn(): Response
    {
        $name = $this->postedText('name');
        $userId = (new Accounts($this->db()))->authenticate($name, $this->postedText('password'));
        if ($userId === null) {
            return Response::page('login', ['error' => 'Name or password is wrong.'], 401);
        }
        Session::logIn($userId, $name);

        return Response::redirect('/');
    }

    private function logOut(): Response
    {
        Session::logOut();

        return Response::redirect('/');
    }

    private function checkOut(): Response
    {
        $user = Session::user();
        if ($user === null) {
            return Response::redirect('/login');
        }
        if (Cart::quantities() === []) {
            return $this->cart('Your cart is empty.', 409);
        }
        try {
            $orderId = (new Orders($this->db()))->place($user['id'], Cart::quantities());
        } catch (OutOfStock) {
            return $this->cart('We do not have that many left. Nothing was ordered.', 409);
        }
        Cart::clear();
        Log::info("Order $orderId was placed");

        return Response::redirect('/orders');
    }

    private function orders(): Response
    {
        $user = Session::user();

        return $user === null
            ? Response::redirect('/login')
            : Response::page('orders', ['orders' => (new Orders($this->db()))->ofUser($user['id'])]);
    }

    private function message(string $text, int $status): Response
    {
        return Response::page('message', ['text' => $text], $status);
    }

    private function postedNumber(string $field): int
    {
        return (int) filter_input(INPUT_POST, $field, FILTER_VALIDATE_INT);
    }

    private function postedText(string $field): string
    {
        return is_string($_POST[$field] ?? null) ? $_POST[$field] : '';
    }

    /** Connected by the first page that needs it, and once a request. */
    private function db(): PDO
    {
        return $this->connection ??= Database::connect();
    }
}
