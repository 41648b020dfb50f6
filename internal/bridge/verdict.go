package bridge

import (
	"context"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
)

// Verdict is what the bridge made of one inbound text.
type Verdict struct {
	State   ReplyState
	Meaning reply.Meaning // "" while it has not been read
	Why     string        // a sentence, or ""
	// Certainty is Likely when we asked what was meant. Meant is what a person said it meant; "" when nobody has.
	Certainty reply.Certainty
	Meant     string
}

// MayCorrect reports whether a person can still say what the text meant.
func (v Verdict) MayCorrect() bool {
	return v.Meant == "" && (v.State == ReplyDone || v.State == ReplyPerson) && (v.Meaning != reply.OptOut || v.Certainty == reply.Likely)
}

// understood says in words what each meaning was taken for.
var understood = map[reply.Meaning]string{
	reply.OptOut:  "Understood as an opt-out; nothing is texted any more.",
	reply.OptIn:   "Understood as asking for texts again; Postscript decides.",
	reply.Help:    "Understood as asking for help; Postscript answers.",
	reply.Tapback: "Understood as a reaction to a text; it asks for nothing.",
	reply.Thanks:  "Understood as thanks or a greeting; it asks for nothing.",
	reply.Keep:    "Understood as asking to leave everything as it is; answered.",
	reply.Yes:     "Understood as a yes; answered.",
	reply.No:      "Understood as a no; answered.",
	reply.Choice:  "Understood as the answer to our question; dealt with.",
	reply.Next:    "Understood as asking what comes next; answered.",
	reply.Link:    "Understood as asking for the account page; answered.",
}

// String is the verdict as a merchant reads it.
func (v Verdict) String() string {
	said := ""
	switch v.State {
	case ReplyNew:
		said = "Not read yet."
		if v.Why != "" {
			said = "Kept for later."
		}
	case ReplyWorking:
		said = "Kept for later; the customer has been told."
	case ReplyPerson:
		said = "Left to a person."
		if v.Why != "" {
			return "Left to a person: " + v.Why
		}
	case ReplyRepeated:
		said = "Received again; it changes nothing."
	default:
		if v.Certainty == reply.Likely && v.Meant == "" {
			return strings.TrimSpace("Perhaps " + strings.ToUpper(v.Meaning.Title()) + "; asked. " + v.Why)
		}
		if v.Meant != "" {
			return strings.TrimSpace("Corrected. " + v.Why)
		}
		if said = understood[v.Meaning]; said == "" {
			said = "Understood as " + strings.ToUpper(string(v.Meaning)) + "; dealt with."
		}
	}
	return strings.TrimSpace(said + " " + v.Why)
}

func verdictOf(r Reply) Verdict {
	return Verdict{State: r.State, Meaning: r.Meaning, Why: r.Why, Certainty: r.Certainty, Meant: r.Meant}
}

// ReplyVerdicts returns what was made of texts, by Postscript's ids of them. Texts that never came to the bridge
// are left out. It takes at most 500 ids.
func (b *Bridge) ReplyVerdicts(ctx context.Context, shopID string, messageIDs []string) (verdicts map[string]Verdict, err error) {
	defer fault.Wrap(&err, "bridge: verdicts in %s", shopID)
	verdicts = map[string]Verdict{}
	if len(messageIDs) == 0 {
		return verdicts, nil
	}
	messageIDs = messageIDs[:min(len(messageIDs), 500)]
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		list, err := tx.RepliesOf(shopID, messageIDs)
		for _, r := range list {
			verdicts[r.MessageID] = verdictOf(r)
		}
		return err
	})
	return verdicts, err
}
