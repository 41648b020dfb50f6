// Package cli is the command line: what a person types, and what they are told.
//
// It exists so that commands, settings and exit codes stand in one place. It must not do the work itself: a
// command parses, opens package app, calls it, and says in plain words what came of it.
//
// Settings come, each overruling the one before, from defaults, the file named by --config, the environment
// (REJOINDER_…), and flags. Exit codes: 0 done, 1 it did not work, 2 it was asked for wrongly.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"rejoinder/internal/config"
	"rejoinder/internal/fault"
)

// version is set by the linker (see the Makefile).
var version = "unknown"

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// Streams are where the commands write: Out for results, Err for logs and complaints.
type Streams struct{ Out, Err io.Writer }

// terminal reports whether w is one, so that colours are for people only.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// commandLine is everything that can be typed.
type commandLine struct {
	config.Settings `embed:""`

	Config fileFlag `help:"JSON file of settings: {\"listen\": \":8080\", …}, named as the flags are." placeholder:"FILE" env:"REJOINDER_CONFIG"`

	Serve      serveCmd      `cmd:"" help:"Run the server: both halves, or the bridge with the real Postscript."`
	Demo       demoCmd       `cmd:"" help:"Run with a sample shop, a sandbox phone and a clock you can move; print a link to sign in."`
	Postscript postscriptCmd `cmd:"" help:"Run only the Postscript-compatible API, with a clock you can move; print a key pair."`
	Import     importCmd     `cmd:"" help:"Read customers and their subscriptions from a CSV file. Nobody is texted."`
	Migrate    migrateCmd    `cmd:"" help:"Bring the database's schema up to date. Every start does this by itself."`
	Doctor     doctorCmd     `cmd:"" help:"Check settings, database, key, clock and connections, and say what to do."`
	Explain    explainCmd    `cmd:"" help:"Say what a shopper's text means, what would be done, and why. It changes nothing."`
	Key        keyCmd        `cmd:"" help:"Print a new encryption key, for --key-file or REJOINDER_KEY. It changes nothing."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

// run is what a command is given.
type run struct {
	ctx      context.Context
	out, err io.Writer
	settings config.Settings // as parsed; see resolved
}

// resolved returns the settings checked and with their secret files read.
func (r run) resolved() (config.Settings, error) { return r.settings.Resolve() }

// say writes a line of the result.
func (r run) say(format string, args ...any) { _, _ = fmt.Fprintf(r.out, format+"\n", args...) }

// errReported is a failure the command has told in full already.
var errReported = errors.New("reported")

// Run carries out one command line and returns the exit code.
func Run(ctx context.Context, args []string, s Streams) int {
	var c commandLine
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("rejoinder"),
		kong.Description("Lets shoppers manage their subscriptions by text message, and lets a merchant run the whole loop. Begin with: rejoinder demo"),
		kong.UsageOnError(),
		kong.Writers(s.Out, s.Err),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 110}),
	)
	if err != nil {
		_, _ = fmt.Fprintln(s.Err, "rejoinder:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parse(parser, &c, args)
	switch {
	case exited >= 0: // --help
		return exited
	case err != nil:
		if p, ok := errors.AsType[*kong.ParseError](err); ok {
			err = p.Unwrap()
		}
		complain(s.Err, err)
		_, _ = fmt.Fprintln(s.Err, "Try: rejoinder --help")
		return exitUsage
	}
	err = k.Run(run{ctx: ctx, out: s.Out, err: s.Err, settings: c.Settings})
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	}
	complain(s.Err, err)
	if fault.Is(err, fault.Invalid) {
		return exitUsage
	}
	return exitFailed
}

// complain tells what is wrong: one sentence for each fault, with the flag to blame. A cause that is not meant
// for people follows, because at a terminal there is nobody else to read it.
func complain(w io.Writer, err error) {
	for _, e := range split(err) {
		f, ok := errors.AsType[*fault.Error](e)
		switch {
		case !ok:
			_, _ = fmt.Fprintf(w, "rejoinder: %s\n", sentence(e))
			continue
		case f.Field != "":
			_, _ = fmt.Fprintf(w, "rejoinder: --%s: %s\n", f.Field, f.Message)
		default:
			_, _ = fmt.Fprintf(w, "rejoinder: %s\n", f.Message)
		}
		if cause := errors.Unwrap(f); cause != nil {
			_, _ = fmt.Fprintf(w, "  because: %v\n", cause)
		}
	}
}

// split takes joined errors apart.
func split(err error) []error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var out []error
		for _, e := range many.Unwrap() {
			out = append(out, split(e)...)
		}
		return out
	}
	return []error{err}
}

// sentence makes a parser's message end like one.
func sentence(err error) string {
	s := err.Error()
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}
