<?php

use Shop\View;

?>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>The sample shop</title>
  <link rel="stylesheet" href="/static/shop-1.css">
</head>
<body>
  <header>
    <a class="brand" href="/">The sample shop</a>
    <nav>
      <a href="/cart">Cart</a>
<?php if ($user === null): ?>
      <a href="/login">Log in</a>
<?php else: ?>
      <a href="/orders">Orders</a>
      <form method="post" action="/logout"><?= View::csrfField() ?><button>Log out <?= View::text($user['name']) ?></button></form>
<?php endif ?>
    </nav>
  </header>
  <main>
<?= $content ?>
  </main>
</body>
</html>
