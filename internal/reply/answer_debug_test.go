package reply

import "testing"

func TestDebugQuestions(t *testing.T) {
	score := map[verdict]int{}
	for _, l := range labelledLines(t, "testdata/tuning.txt") {
		if l.in.Open == nil {
			continue
		}
		u := Read(l.text, l.in)
		v := judge(l.want, u)
		score[v]++
		if v != isRight {
			t.Logf("%-6s %d: %q means %s, want %v (%s)", v, l.number, l.text, spell(u), l.want, u.Why)
		}
	}
	t.Log(score)
}
