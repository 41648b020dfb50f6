package texting_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/texting/gateway/sandbox"
)

// The tables in the documentation are those in the code.
func TestReservedAreDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/postscript-divergences.md")
	if err != nil {
		t.Fatal(err)
	}
	var lines, numbers []string
	for _, r := range texting.ReservedFailures() {
		key := ""
		if r.Key != "" {
			key = " `" + r.Key + "`"
		}
		lines = append(lines, fmt.Sprintf("| %s |%s | %s |", r.Number, key, r.Says))
		numbers = append(numbers, r.Number)
		if texting.NumberFailure(r.Number) != r.Failure {
			t.Errorf("%s orders %q, want %q", r.Number, texting.NumberFailure(r.Number), r.Failure)
		}
	}
	for _, r := range sandbox.Reserved() {
		lines = append(lines, fmt.Sprintf("| %s | %s |", r.Number, r.Says))
		numbers = append(numbers, r.Number)
	}
	for _, line := range lines {
		if !strings.Contains(string(page), line+"\n") {
			t.Errorf("docs/postscript-divergences.md lacks\n%s", line)
		}
	}
	seen := map[string]bool{}
	for _, n := range numbers {
		if p, err := subscription.ParsePhone(n, ""); err != nil || string(p) != n || seen[n] {
			t.Errorf("%s cannot be used by a client, or is there twice: %v", n, err)
		}
		seen[n] = true
	}
	if f := texting.NumberFailure("+12125550129"); f != "" {
		t.Errorf("an ordinary number orders %q", f)
	}
}
