<?php

use Shop\View;

?>
<h1>Orders</h1>
<?php if ($orders === []): ?>
<p>Nothing ordered yet.</p>
<?php else: ?>
<table>
<?php foreach ($orders as $order): ?>
  <tr id="order-<?= View::text($order['id']) ?>">
    <td>Order <?= View::text($order['id']) ?></td>
    <td><?= View::text($order['placed_at']) ?></td>
    <td><?= View::text($order['items']) ?> items</td>
    <td><?= View::price($order['total_cents']) ?></td>
  </tr>
<?php endforeach ?>
</table>
<?php endif ?>
