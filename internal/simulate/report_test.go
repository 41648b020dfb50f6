package simulate

import (
	"encoding/json"
	"maps"
	"os"
)

// broke is a way to break a promise. Its text is its name in the report.
type broke string

// What the judge looks for. docs/simulation.md says what was broken on purpose to see it complain.
const (
	toldTwice  broke = "P1: told of one order date twice"
	untold     broke = "P1: neither told of a charged order nor a reason why not"
	actedTwice broke = "P2: one text acted on twice"
	misplaced  broke = "P2: a change that is not what was asked for"
	overPace   broke = "P3: more than 15 requests in a second"
	overtaken  broke = "P4: bulk work sent while an answer waited"
	atNight    broke = "P5: an automated text outside waking hours"
	afterStop  broke = "P6: a text after an opt-out"
	lost       broke = "P7: accepted and lost"
	mixed      broke = "P8: something of another shop or person"
	unfinished broke = "a row neither finished nor still to come"
	stuck      broke = "an error where none may be"
)

var allBroke = []broke{toldTwice, untold, actedTwice, misplaced, overPace, overtaken, atNight, afterStop, lost, mixed, unfinished, stuck}

// totals are what a run, or many, came to.
type totals struct {
	Seeds    int `json:"seeds"`
	Days     int `json:"days"` // of the shops' lives, without the quiet ones at the end
	Requests int `json:"requests_between_the_halves"`
	Mishaps  int `json:"mishaps"` // of the network, the carrier and the merchant's program
	Again    int `json:"webhooks_come_again"`
	Restarts int `json:"restarts"`

	Due      int            `json:"notices_due"` // orders that were charged
	Told     int            `json:"order_dates_told"`
	Repeated int            `json:"order_dates_told_again_for_an_unknown_outcome"`
	Reasons  map[string]int `json:"orders_not_told_and_why"`

	Texts      int `json:"texts"`
	Night      int `json:"texts_at_night_that_answer"`
	Duplicates int `json:"duplicates"`
	Outside    int `json:"texts_outside_waking_hours"`

	Replies    int `json:"replies"`
	Acted      int `json:"replies_acted_on"`
	ActedTwice int `json:"replies_acted_on_twice"`
	Answers    int `json:"answers"`

	Accepted int `json:"accepted"`
	Lost     int `json:"accepted_and_lost"`

	Broken map[broke]int `json:"faults"`
	Faults int           `json:"faults_found"`
}

// add joins another run's.
func (t *totals) add(o totals) {
	t.Seeds, t.Days = t.Seeds+o.Seeds, t.Days+o.Days
	t.Requests, t.Mishaps, t.Again, t.Restarts = t.Requests+o.Requests, t.Mishaps+o.Mishaps, t.Again+o.Again, t.Restarts+o.Restarts
	t.Due, t.Told, t.Repeated = t.Due+o.Due, t.Told+o.Told, t.Repeated+o.Repeated
	t.Texts, t.Night = t.Texts+o.Texts, t.Night+o.Night
	t.Replies, t.Acted, t.Answers = t.Replies+o.Replies, t.Acted+o.Acted, t.Answers+o.Answers
	t.Accepted += o.Accepted
	t.Reasons, t.Broken = sum(t.Reasons, o.Reasons), sum(t.Broken, o.Broken)
}

func sum[K comparable](a, b map[K]int) map[K]int {
	if a == nil {
		a = map[K]int{}
	}
	for k, n := range maps.All(b) {
		a[k] += n
	}
	return a
}

// report is what a run writes for other programs: docs/simulate.json.
type report struct {
	Command string `json:"command"`
	Seconds int    `json:"seconds"`
	First   uint64 `json:"first_seed"`
	totals
	Failed []uint64 `json:"failed_seeds"`
}

// write keeps the report in a file.
func (r report) write(file string) error {
	r.Broken = maps.Clone(r.Broken)
	r.Faults = 0
	if r.Broken == nil {
		r.Broken = map[broke]int{}
	}
	for _, k := range allBroke {
		r.Broken[k] += 0 // a nought is a result too
		r.Faults += r.Broken[k]
	}
	r.Duplicates, r.Outside, r.ActedTwice, r.Lost = r.Broken[toldTwice], r.Broken[atNight], r.Broken[actedTwice], r.Broken[lost]
	r.Failed = append([]uint64{}, r.Failed...)
	raw, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(raw, '\n'), 0o644)
}
