"""The command hemeroteca."""
