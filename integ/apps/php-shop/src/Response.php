<?php

declare(strict_types=1);

namespace Shop;

final class Response
{
    /** @param array<string, string> $headers */
    public function __construct(
        public readonly string $body,
        public readonly int $status = 200,
        public readonly array $headers = ['Content-Type' => 'text/html; charset=utf-8'],
    ) {
    }

    /** @param array<string, mixed> $data */
    public static function page(string $template, array $data = [], int $status = 200): self
    {
        return new self(View::render($template, $data), $status);
    }

    /** 303, so that the browser follows a POST with a GET. */
    public static function redirect(string $path): self
    {
        return new self('', 303, ['Location' => $path]);
    }

    /** @param array<string, mixed> $data */
    public static function json(array $data, int $status = 200): self
    {
        return new self(json_encode($data, JSON_THROW_ON_ERROR), $status, [
            'Content-Type' => 'application/json',
            'Cache-Control' => 'no-store',
        ]);
    }

    public function send(): void
    {
        http_response_code($this->status);
        foreach ($this->headers as $name => $value) {
            header("$name: $value");
        }
        // Tells whoever operates the shop which container answered.
        header('X-Served-By: ' . gethostname());
        header('X-Content-Type-Options: nosniff');
        echo $this->body;
    }
}
