package main

import (
	"strings"
	"testing"
	"time"
)

func TestReport(t *testing.T) {
	t.Parallel()
	const (
		pass = `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"chatter\n"}
{"Action":"pass","Package":"p","Test":"TestA","Elapsed":2.5}
{"Action":"pass","Package":"p","Elapsed":2.6}
`
		fail = `{"Action":"output","Package":"q","Test":"TestB","Output":"    b_test.go:7: wrong\n"}
{"Action":"fail","Package":"q","Test":"TestB","Elapsed":0}
{"Action":"fail","Package":"q","Elapsed":0.1}
`
		skip = `{"Action":"output","Package":"r","Test":"TestC","Output":"    c_test.go:9: no browser\n"}
{"Action":"output","Package":"r","Test":"TestC","Output":"--- SKIP: TestC (0.00s)\n"}
{"Action":"skip","Package":"r","Test":"TestC","Elapsed":0}
{"Action":"pass","Package":"r","Elapsed":0.1}
`
		died = `{"Action":"run","Package":"s","Test":"TestD"}
{"Action":"output","Package":"s","Test":"TestD","Output":"panic: oh\n"}
{"Action":"fail","Package":"s","Elapsed":0.1}
`
		unbuilt = `{"Action":"build-output","ImportPath":"u","Output":"u.go:1: syntax error\n"}
{"Action":"build-fail","ImportPath":"u"}
{"Action":"fail","Package":"u","Elapsed":0}
`
		empty = `{"Action":"output","Package":"e","Output":"?   \te\t[no test files]\n"}
{"Action":"skip","Package":"e","Elapsed":0}
`
	)
	for name, c := range map[string]struct {
		in     string
		strict bool
		ok     bool
		shows  []string
		hides  string
	}{
		"pass":                  {pass, true, true, []string{"ok    p", "1 passed, 0 failed", "slow     2.5 s  p TestA"}, "chatter"},
		"fail":                  {pass + fail, false, false, []string{"FAIL  q", "b_test.go:7: wrong", "1 passed, 1 failed"}, "chatter"},
		"skip on a laptop":      {pass + skip, false, true, []string{"skip  r TestC: c_test.go:9: no browser"}, "a failure"},
		"skip under CI":         {pass + skip, true, false, []string{"1 skipped", "a skipped test is a failure"}, "chatter"},
		"died while running":    {pass + died, false, false, []string{"panic: oh", "1 passed, 1 failed"}, "chatter"},
		"does not build":        {pass + unbuilt, false, false, []string{"u.go:1: syntax error", "FAIL  u", "1 packages failed"}, "chatter"},
		"no test files":         {pass + empty, true, true, []string{"0 skipped"}, "no test files"},
		"nothing ran":           {"", false, false, []string{"No test ran"}, "ok "},
		"not an event":          {"go: no such module\n" + pass, false, true, []string{"go: no such module"}, "chatter"},
		"last line cut off":     {pass + "half a li", false, true, []string{"half a li"}, "chatter"},
		"only empty packages":   {empty, true, false, []string{"No test ran"}, "ok "},
		"valid but foreign":     {pass + "{}\n", false, true, []string{"{}"}, "chatter"},
		"fail wins over a skip": {skip + fail, false, false, []string{"1 failed, 1 skipped"}, "a failure"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			r := newReport(&out)
			r.read(strings.NewReader(c.in))
			if ok := r.finish(3*time.Second, c.strict); ok != c.ok {
				t.Errorf("ok = %v, want %v", ok, c.ok)
			}
			for _, want := range c.shows {
				if !strings.Contains(out.String(), want) {
					t.Errorf("does not show %q:\n%s", want, out.String())
				}
			}
			if strings.Contains(out.String(), c.hides) {
				t.Errorf("shows %q:\n%s", c.hides, out.String())
			}
		})
	}
}
