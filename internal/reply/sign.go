package reply

// sign is what a pictograph says.
type sign uint8

const (
	signYes   sign = 1 << iota // a thumb up, a tick
	signNo                     // a thumb down, a cross
	signDoubt                  // a face that thinks, a shrug
	signOther                  // anything else that says something
)

// signs are the pictographs that agree, refuse or doubt. The kind ones, and what only shapes another, say nothing.
var signs = func() map[rune]sign {
	m := make(map[rune]sign)
	for s, all := range map[sign]string{
		signYes: "👍👌✅✔☑🆗🙆", signNo: "👎❌✖❎🚫🙅⛔", signDoubt: "🤔🤷😕🙄🤨😐😬❓❔⁉",
		0: "🙏❤😊🙂😀😁😄😃😆😉😎🤗🥰😍😘🎉🎊👏🙌💯✨🌟⭐💕💖💗💙💚💛🧡💜🖤🤎🤍♥☕🍵🫖📦🐶🐱🏻🏼🏽🏾🏿♀♂",
	} {
		for _, r := range all {
			m[r] = s
		}
	}
	return m
}()

func signOf(r rune) sign {
	if s, ok := signs[r]; ok {
		return s
	}
	return signOther
}

// readSign reads a text that is nothing but a thumb or a tick: a yes or a no while that is asked, and thanks otherwise.
func readSign(t *text, in *Situation) (Understood, bool) {
	if len(t.words) > 0 || t.broken || t.long || t.stopSign {
		return Understood{}, false
	}
	asked := in.Open != nil && in.Open.About == AboutYes
	switch {
	case t.signs == signYes && asked:
		return Understood{Wish: Wish{Meaning: Yes}, Certainty: Certain, Words: "thumbs up", Why: "The text is a thumb up or a tick, which agrees to what we asked."}, true
	case t.signs == signNo && asked:
		return Understood{Wish: Wish{Meaning: No}, Certainty: Certain, Words: "thumbs down", Why: "The text is a thumb down or a cross, which refuses what we asked."}, true
	case t.signs == signYes:
		return Understood{Wish: Wish{Meaning: Thanks}, Words: "thumbs up", Why: "The text is a thumb up or a tick, which asks for nothing."}, true
	}
	return Understood{}, false
}
