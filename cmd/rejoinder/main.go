// Command rejoinder lets shoppers manage their subscriptions by text message. What it can do is in
// internal/cli; this file only hands over arguments, streams and signals, and must not grow.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a bare container has no time zones of its own

	"rejoinder/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.Streams{Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}
