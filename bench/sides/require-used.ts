/** Requires what the package uses of others: the arguments, in order. */
process.argv.slice(2).forEach(used => module.require(used));
