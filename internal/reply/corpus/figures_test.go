package corpus_test

import (
	"encoding/json"
	"os"
	"strings"

	"rejoinder/internal/reply/corpus"
)

// figures are what docs/replies.json says of one half, for docs/service-levels.md.
type figures struct {
	Half        string `json:"half"`
	Replies     int    `json:"replies"`
	Commands    int    `json:"commands"`   // of these, with a command
	Understood  int    `json:"understood"` // of the commands, understood or rightly asked
	AtOnce      int    `json:"at_once"`    // of the commands, understood without a question
	WrongAction int    `json:"wrong_actions"`
	WrongOptOut int    `json:"wrong_opt_outs"`
	WrongAnswer int    `json:"wrong_answers"`
}

func figuresOf(halves []half) (list []figures) {
	for _, h := range halves {
		all, commands := corpus.Count(h.all), corpus.Count(h.all, corpus.Of(corpus.Command))
		list = append(list, figures{
			Half: lower(h.name), Replies: all.All(), Commands: commands.All(), Understood: commands.Good(), AtOnce: commands[corpus.Right],
			WrongAction: all[corpus.WrongAction], WrongOptOut: all[corpus.WrongOptOut], WrongAnswer: all[corpus.WrongAnswer],
		})
	}
	return list
}

// writeFigures writes the figures beside the page.
func writeFigures(page string, halves []half) error {
	raw, err := json.MarshalIndent(figuresOf(halves), "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(strings.TrimSuffix(page, ".md")+".json", append(raw, '\n'), 0o644)
}
