<?php

declare(strict_types=1);

namespace Shop;

/** Templates are PHP files; whatever they print of the shop's data goes through one of these functions. */
final class View
{
    /** @param array<string, mixed> $data the template's variables */
    public static function render(string $template, array $data): string
    {
        $content = self::include($template, $data);

        return self::include('layout', ['content' => $content, 'user' => Session::user()]);
    }

    public static function text(string|int $value): string
    {
        return htmlspecialchars((string) $value, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
    }

    public static function price(int $cents): string
    {
        return '$' . number_format($cents / 100, 2);
    }

    /** Images are in a bucket behind the CDN: the shop knows their path and never their bytes. */
    public static function image(string $key): string
    {
        $path = implode('/', array_map(rawurlencode(...), explode('/', $key)));

        return self::text(rtrim(Environment::required('MEDIA_BASE_URL'), '/') . '/' . $path);
    }

    public static function csrfField(): string
    {
        return '<input type="hidden" name="csrf" value="' . self::text(Session::csrfToken()) . '">';
    }

    /** @param array<string, mixed> $data */
    private static function include(string $template, array $data): string
    {
        extract($data, EXTR_SKIP);
        ob_start();
        require __DIR__ . "/../templates/$template.php";

        return (string) ob_get_clean();
    }
}
