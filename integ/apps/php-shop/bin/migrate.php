<?php

/** Brings the database to the shop's schema, with a few products and two demo users. It can run any number of times. */

declare(strict_types=1);

use Shop\Accounts;
use Shop\Database;

require __DIR__ . '/../src/bootstrap.php';

/** Demo accounts of a sample application, on purpose in the open. */
const DEMO_USERS = ['ada' => 'demo-ada', 'grace' => 'demo-grace'];

$db = Database::connect();
// Two tasks that start together take turns. The lock goes with the connection, however the script ends.
if ($db->query("SELECT GET_LOCK('shop-migration', 60)")->fetchColumn() !== 1) {
    throw new RuntimeException('Another migration has held the lock for a minute');
}
foreach (['schema', 'seed'] as $file) {
    $sql = (string) file_get_contents(__DIR__ . "/../database/$file.sql");
    // One statement at a time: of several in one call, only the first one's failure would be reported.
    foreach (array_filter(array_map(trim(...), preg_split('/;\s*$/m', $sql))) as $statement) {
        $db->exec($statement);
    }
}
$accounts = new Accounts($db);
foreach (DEMO_USERS as $name => $password) {
    $accounts->createIfMissing($name, $password);
}
echo "The database is up to date\n";
