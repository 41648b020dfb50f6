package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/config"
	"rejoinder/internal/fault"
)

type importCmd struct {
	File    string `arg:"" type:"path" help:"CSV file, UTF-8, with a header line." placeholder:"FILE.csv"`
	Shop    string `help:"The shop's id or name; may be left out when there is only one." placeholder:"SHOP"`
	DryRun  bool   `name:"dry-run" help:"Only report: how many rows, which are wrong and why."`
	SkipBad bool   `name:"skip-bad" help:"Import the good rows when others are wrong. Without it, one wrong row keeps all out."`
}

// mostFaults is how many wrong rows are printed.
const mostFaults = 200

// Run imports, or says line by line why not.
func (c importCmd) Run(r run) error {
	s, err := r.resolved()
	if err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return fault.From(fault.Invalid, err, "The file %s cannot be read.", c.File)
	}
	defer func() { _ = file.Close() }() // it was only read
	// Where no database is there is no shop either: to open it would make one, and a key, for nothing.
	if _, err := os.Stat(s.SQLitePath()); !s.Postgres() && errors.Is(err, os.ErrNotExist) {
		return noShop(s)
	}
	a, err := app.Open(r.ctx, app.Options{Settings: s, Version: version, Log: r.log(s), NoNewKey: c.DryRun})
	if err != nil {
		return err
	}
	return closed(a, c.into(r, a, s, file))
}

func (c importCmd) into(r run, a *app.App, s config.Settings, file *os.File) error {
	shop, err := c.shop(r, a, s)
	if err != nil {
		return err
	}
	report, err := a.Bridge.Import(r.ctx, shop.ID, file, bridge.ImportOptions{DryRun: c.DryRun, SkipBad: c.SkipBad})
	if err != nil {
		return err
	}
	for i, f := range report.Bad {
		if i == mostFaults {
			r.say("… and %d more.", len(report.Bad)-i)
			break
		}
		if f.Column == "" {
			r.say("line %d: %s", f.Line, f.Reason)
		} else {
			r.say("line %d, %s: %s", f.Line, f.Column, f.Reason)
		}
	}
	if len(report.Bad) > 0 {
		r.say("")
	}
	r.say("%s, %d good, into %s.", count(report.Rows, "row", "rows"), report.Good, shop.Name)
	switch {
	case c.DryRun && len(report.Bad) == 0:
		r.say("Nothing was imported (--dry-run). All rows are good.")
		return nil
	case c.DryRun:
		r.say("Nothing was imported (--dry-run). Mend the lines above, or import the good rows with --skip-bad.")
		return errReported
	case report.Imported == 0 && len(report.Bad) > 0:
		r.say("Nothing was imported. Mend the lines above, or import the good rows with --skip-bad.")
		return errReported
	}
	r.say("Imported: %s. Nobody was texted.", count(report.Imported, "row", "rows"))
	return nil
}

// noShop says where no shop was found, since the likely mistake is to look in the wrong place.
func noShop(s config.Settings) error {
	where := "the PostgreSQL database"
	if !s.Postgres() {
		where = s.SQLitePath()
		if full, err := filepath.Abs(where); err == nil {
			where = full
		}
	}
	return fault.New(fault.Invalid, "There is no shop yet in %s. Start the server once and open the link it prints, or name the folder of another database with --data-dir (the demo's is demo in the data folder).", where)
}

// shop finds the shop by id or name.
func (c importCmd) shop(r run, a *app.App, s config.Settings) (bridge.Shop, error) {
	shops, err := a.Bridge.Shops(r.ctx)
	if err != nil {
		return bridge.Shop{}, err
	}
	var found []bridge.Shop
	for _, s := range shops {
		if c.Shop == "" || s.ID == c.Shop || s.Name == c.Shop {
			found = append(found, s)
		}
	}
	switch {
	case len(shops) == 0:
		return bridge.Shop{}, noShop(s)
	case len(found) == 1:
		return found[0], nil
	}
	list := ""
	for _, s := range shops {
		list += "\n  " + s.ID + "  " + s.Name
	}
	return bridge.Shop{}, fault.Field("shop", "Say which shop with --shop, by id or name:%s", list)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// Help describes the file.
func (importCmd) Help() string {
	var b strings.Builder
	b.WriteString("One row for each subscription, or for a customer without one. Columns, in any order:\n\n")
	for _, c := range bridge.ImportColumns() {
		says := c.Says
		if c.Required {
			says = strings.TrimSuffix("needed; "+says, "; ")
		}
		fmt.Fprintf(&b, "    %-16s %s\n", c.Name, says)
	}
	return b.String()
}
