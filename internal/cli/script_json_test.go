package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// is compares JSON; a string "*" in the file stands for any value.
func (s *script) is(file string) error {
	raw, err := os.ReadFile(filepath.Join(s.dir, file))
	if err != nil {
		return err
	}
	var want, got any
	if err := json.Unmarshal([]byte(s.expand(string(raw))), &want); err != nil {
		return fmt.Errorf("the file: %w", err)
	}
	if err := json.Unmarshal([]byte(s.body), &got); err != nil {
		return fmt.Errorf("the answer: %w", err)
	}
	return same("answer", want, got)
}

func same(at string, want, got any) error {
	switch w := want.(type) {
	case string:
		if w == "*" || w == got {
			return nil
		}
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is %v", at, got)
		}
		for k := range g {
			if _, ok := w[k]; !ok {
				return fmt.Errorf("%s has %q too", at, k)
			}
		}
		for k, v := range w {
			if err := same(at+"."+k, v, g[k]); err != nil {
				return err
			}
		}
		return nil
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Errorf("%s is %v", at, got)
		}
		for i := range w {
			if err := same(fmt.Sprintf("%s[%d]", at, i), w[i], g[i]); err != nil {
				return err
			}
		}
		return nil
	default:
		if want == got {
			return nil
		}
	}
	return fmt.Errorf("%s is %v, want %v", at, got, want)
}
