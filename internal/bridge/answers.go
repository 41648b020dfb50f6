package bridge

import (
	"slices"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/message"
	"rejoinder/internal/reply"
)

// Answer is one thing the bridge says to customers, as a merchant who may word it differently sees it.
type Answer struct {
	Key   string   // of Settings.Texts
	About string   // when it is said, in a sentence
	Text  string   // ours
	Tags  []string // names of the tags it may use, in the order ours does
}

// AnswerGroup is answers that are read together.
type AnswerGroup struct {
	Title   string
	Answers []Answer
}

// Answers is everything the bridge says in a language, in the order of a conversation.
func Answers(l reply.Language) (groups []AnswerGroup) {
	for _, g := range answerGroups {
		out := AnswerGroup{Title: g.title}
		for _, a := range g.list {
			text := wordings[l][a.key]
			out.Answers = append(out.Answers, Answer{Key: string(a.key), About: a.about, Text: text, Tags: tagsOf(text)})
		}
		groups = append(groups, out)
	}
	return groups
}

func tagsOf(text string) []string {
	t, err := message.Parse(text)
	if err != nil {
		return nil
	}
	return t.Tags()
}

// AnswerSample is an answer's text with its tags filled as for a customer, for previews and to count what it costs.
func AnswerSample(text string) string { return answerSamples.Replace(text) }

var answerSamples = strings.NewReplacer(
	"{answer}", "2", "{command}", "SKIP", "{count}", "2", "{date}", "Tuesday, November 24", "{dates}", "Tuesday, December 22 and Tuesday, January 19",
	"{days}", "90", "{hours}", "24", "{link}", "https://shop.example/a/1c0ffee", "{minutes}", "30", "{names}", "House Blend", "{new}", "Dark Roast", "{old}", "House Blend",
	"{options}", "1) House Blend on Tuesday, November 24; 2) Green Tea on Friday, November 27", "{reason}", "The order has gone.", "{shop}", "Corner Coffee",
	"{to}", "Tuesday, December 8", "{total}", "$14.50", "{until}", "Sunday, November 22, 11:59 PM EST", "{verb}", "skip", "{what}", "skip your order of Tuesday, November 24 (House Blend)",
)

// longestText is how many characters a merchant's own wording of an answer has at most, tags not filled: two of them
// and the values fit into one answer.
const longestText = 240

// vital are the tags without which a text would leave its reader helpless: what they are to choose from, what they say
// yes to, what it costs them, where the link is.
var vital = []string{"options", "what", "total", "link"}

// CheckText returns a merchant's wording of an answer as it is kept: one line, "" for ours. The error is Invalid with
// the key as its field.
func CheckText(l reply.Language, key, text string) (string, error) {
	ours, ok := wordings[l][wording(key)]
	if !ok {
		return "", fault.New(fault.Invalid, "There is no answer of that name in this language.")
	}
	text = strings.Join(strings.Fields(storable(text)), " ")
	if text == "" || text == ours {
		return "", nil
	}
	t, err := message.Parse(text)
	if err != nil {
		return "", fault.Field(key, "%s", fault.Message(err))
	}
	if strings.Contains(text, "|") {
		return "", fault.Field(key, "Leave out the |: an answer’s tags always have a value.")
	}
	may := tagsOf(ours)
	for _, tag := range t.Tags() {
		if !slices.Contains(may, tag) {
			return "", fault.Field(key, "{%s} cannot be used in this answer. %s", tag, mayUse(may))
		}
	}
	for _, tag := range may {
		if slices.Contains(vital, tag) && !slices.Contains(t.Tags(), tag) {
			return "", fault.Field(key, "This answer needs {%s}: without it, customers could not tell what they are asked.", tag)
		}
	}
	if n := len([]rune(text)); n > longestText {
		return "", fault.Field(key, "This has %d characters. Shorten it to %d: an answer is often two of these texts together.", n, longestText)
	}
	return text, nil
}

func mayUse(tags []string) string {
	if len(tags) == 0 {
		return "It has no tags."
	}
	return "It may use {" + strings.Join(tags, "}, {") + "}."
}

// CheckTexts is CheckText of all answers in one language, by key. Those that are ours are left out.
func CheckTexts(l reply.Language, texts map[string]string) (map[string]string, error) {
	out := map[string]string{}
	for key, text := range texts {
		kept, err := CheckText(l, key, text)
		if err != nil {
			return nil, err
		}
		if kept != "" {
			out[key] = kept
		}
	}
	return out, nil
}
