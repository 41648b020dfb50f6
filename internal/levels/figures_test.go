package levels

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"rejoinder/internal/levels/levelstest"
)

// figures are what the programs wrote. One that has not been run leaves its part empty.
type figures struct {
	Exhaust  levelstest.Exhaust
	Crash    []campaign
	Simulate simulated
	Bench    benchmarks
	Replies  []half
}

// campaign is what of docs/crash.json the pages need.
type campaign struct {
	Database      string   `json:"database"`
	Kills         int      `json:"kills"`
	Seconds       float64  `json:"seconds"`
	Accepted      int      `json:"accepted"`
	Replies       int      `json:"replies"`
	Requests      int      `json:"requests"`
	Arrived       int      `json:"arrived"`
	Texts         int      `json:"texts"`
	Lost          int      `json:"lost"`
	ActedTwice    int      `json:"acted_twice"`
	NoticedTwice  int      `json:"noticed_twice"`
	TextedTwice   int      `json:"texted_twice"`
	OverPace      int      `json:"over_pace"`
	MostInASecond int      `json:"most_in_a_second"`
	Notices       int      `json:"notices"`
	Repeats       []repeat `json:"repeats"`
}

type repeat struct {
	Honest bool `json:"honest"`
}

// simulated is what of docs/simulate.json the pages need.
type simulated struct {
	Command    string `json:"command"`
	Seeds      int    `json:"seeds"`
	Days       int    `json:"days"`
	Told       int    `json:"order_dates_told"`
	Texts      int    `json:"texts"`
	Duplicates int    `json:"duplicates"`
	Outside    int    `json:"texts_outside_waking_hours"`
	Replies    int    `json:"replies"`
	ActedTwice int    `json:"replies_acted_on_twice"`
	Accepted   int    `json:"accepted"`
	Lost       int    `json:"accepted_and_lost"`
	Faults     int    `json:"faults_found"`
}

// benchmarks is what of docs/benchmarks.json the pages need.
type benchmarks struct {
	Command string `json:"command"`
	Machine struct {
		Processor string `json:"processor"`
		Busy      bool   `json:"busy"`
	} `json:"machine"`
	Rows []benchmark `json:"rows"`
}

type benchmark struct {
	Name     string `json:"name"`
	Database string `json:"database"`
	Measured []struct {
		Name  string  `json:"name"`
		Value float64 `json:"value"`
	} `json:"measured"`
}

// of returns a measure of the row.
func (b benchmark) of(name string) (float64, bool) {
	for _, m := range b.Measured {
		if m.Name == name {
			return m.Value, true
		}
	}
	return 0, false
}

// half is one half of docs/replies.json.
type half struct {
	Half         string `json:"half"`
	Replies      int    `json:"replies"`
	Commands     int    `json:"commands"`
	Understood   int    `json:"understood"`
	WrongActions int    `json:"wrong_actions"`
	WrongOptOuts int    `json:"wrong_opt_outs"`
}

// read reads the files of a folder. One that is not there is left empty; one that is not as it must be is an error.
func read(docs fs.FS) (f figures, err error) {
	for name, into := range map[string]any{
		"exhaust.json": &f.Exhaust, "crash.json": &f.Crash, "simulate.json": &f.Simulate, "benchmarks.json": &f.Bench, "replies.json": &f.Replies,
	} {
		raw, err := fs.ReadFile(docs, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = json.Unmarshal(raw, into)
		}
		if err != nil {
			return f, fmt.Errorf("%s: %w", path.Base(name), err)
		}
	}
	slices.SortFunc(f.Exhaust.Hours, func(a, b levelstest.Hours) int { return a.Year - b.Year })
	return f, nil
}
