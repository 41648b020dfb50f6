package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestKindSurvivesWrapping(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("outer: %w", From(NotFound, io.EOF, "No customer %s.", "cus_1"))
	if got := KindOf(err); got != NotFound {
		t.Errorf("KindOf = %q, want %q", got, NotFound)
	}
	if got := Message(err); got != "No customer cus_1." {
		t.Errorf("Message = %q", got)
	}
	if !errors.Is(err, io.EOF) {
		t.Error("the cause is lost")
	}
}

func TestUnknownErrorsAreInternalAndApologise(t *testing.T) {
	t.Parallel()
	if got := KindOf(io.EOF); got != Internal {
		t.Errorf("KindOf = %q", got)
	}
	if got := Message(io.EOF); got == io.EOF.Error() {
		t.Error("an unknown error's text reached people")
	}
	if KindOf(nil) != "" || Is(nil, Internal) {
		t.Error("nil has no kind")
	}
}

func TestWrapLeavesNilAlone(t *testing.T) {
	t.Parallel()
	f := func(cause error) (err error) {
		defer Wrap(&err, "trying %d", 7)
		return cause
	}
	if f(nil) != nil {
		t.Error("nil became an error")
	}
	err := f(New(Conflict, "Taken."))
	if err.Error() != "trying 7: Taken." || !Is(err, Conflict) {
		t.Errorf("got %v", err)
	}
}
