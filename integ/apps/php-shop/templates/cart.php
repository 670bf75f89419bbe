<?php

use Shop\View;

$total = array_sum(array_map(static fn (array $line): int => $line['quantity'] * $line['price_cents'], $lines));

?>
<h1>Cart</h1>
<?php if ($error !== null): ?>
<p class="error"><?= View::text($error) ?></p>
<?php endif ?>
<?php if ($lines === []): ?>
<p>Nothing here yet.</p>
<?php else: ?>
<table>
<?php foreach ($lines as $line): ?>
  <tr id="line-<?= View::text($line['id']) ?>">
    <td><?= View::text($line['name']) ?></td>
    <td class="quantity"><?= View::text($line['quantity']) ?></td>
    <td><?= View::price($line['quantity'] * $line['price_cents']) ?></td>
    <td>
      <form method="post" action="/cart/remove">
        <?= View::csrfField() ?>
        <input type="hidden" name="product" value="<?= View::text($line['id']) ?>">
        <button>Remove</button>
      </form>
    </td>
  </tr>
<?php endforeach ?>
</table>
<p class="price">Total <?= View::price($total) ?></p>
<form method="post" action="/checkout"><?= View::csrfField() ?><button>Order now</button></form>
<?php endif ?>
