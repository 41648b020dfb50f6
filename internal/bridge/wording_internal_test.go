package bridge

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/internal/message"
)

// Every wording has its tags, and is written in characters that cost no extra.
func TestWordings(t *testing.T) {
	t.Parallel()
	for language, table := range wordings {
		for key, text := range table {
			if text == "" || text != strings.TrimSpace(text) {
				t.Errorf("%s/%s is empty or has spaces around it", language, key)
			}
			if _, err := message.Parse(text); err != nil {
				t.Errorf("%s/%s: %v", language, key, err)
			}
			plain := strings.NewReplacer("{", "", "}", "").Replace(text)
			if c := message.Segments(plain); c.Encoding != message.GSM7 {
				t.Errorf("%s/%s needs %v", language, key, c.Encoding)
			}
		}
	}
}

// What no code says is not for a merchant to word either.
func TestEveryWordingIsSaid(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	names, said := map[string]bool{}, map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "answers_about.go" || strings.HasPrefix(file, "wording_") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if typ, ok := n.Type.(*ast.Ident); ok && typ.Name == "wording" && len(n.Values) > 0 {
					names[n.Names[0].Name] = true
					return false
				}
			case *ast.Ident:
				said[n.Name] = true
			}
			return true
		})
	}
	if len(names) != len(english) {
		t.Errorf("%d wordings have a name, %d a text", len(names), len(english))
	}
	for name := range names {
		if !said[name] {
			t.Errorf("%s is never said", name)
		}
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"House Blend":                   "House Blend",
		"House Blend, Oat Bars and Tea": "House Blend, Oat...",
		"Einlanggezogeneswortohneende!": "Einlanggezogenesw...",
		"ÄÖÜäöüÄÖÜäöüÄÖÜäöüÄÖÜ":         "ÄÖÜäöüÄÖÜäöüÄÖÜäö...",
	} {
		if got := shorten(in, 20); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
