package cli

import (
	"fmt"

	"rejoinder/internal/app"
)

type doctorCmd struct {
	Settings bool `help:"Also print all settings, with secrets masked."`
}

// Run prints one line for each point, with what to do beneath it; it fails when something is wrong.
func (c doctorCmd) Run(r run) error {
	if c.Settings {
		r.say("%s", r.settings.String())
	}
	wrong := 0
	for _, p := range app.Checkup(r.ctx, r.settings) {
		r.say("%s  %-12s %s", r.mark(p.Verdict), p.Name, p.Found)
		if p.Do != "" {
			r.say("      %-12s %s", "", r.faint(p.Do))
		}
		if p.Verdict == app.Wrong {
			wrong++
		}
	}
	r.say("")
	switch wrong {
	case 0:
		r.say("Nothing is wrong.")
		return nil
	case 1:
		r.say("One thing is wrong.")
	default:
		r.say("%d things are wrong.", wrong)
	}
	return errReported
}

// mark is a verdict in four columns, coloured for people.
func (r run) mark(v app.Verdict) string {
	color := map[app.Verdict]int{app.Good: 32, app.Caution: 33, app.Wrong: 31}[v]
	word := map[app.Verdict]string{app.Good: "ok", app.Caution: "note", app.Wrong: "BAD"}[v]
	if !terminal(r.out) {
		return fmt.Sprintf("%-4s", word)
	}
	return fmt.Sprintf("\x1b[%dm%-4s\x1b[0m", color, word)
}

func (r run) faint(s string) string {
	if !terminal(r.out) {
		return s
	}
	return "\x1b[2m" + s + "\x1b[0m"
}
