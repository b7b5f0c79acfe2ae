package till_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

// carriers are the exported types from which everything that a secret may lie in is reached.
var carriers = []any{
	domain.Operation{},
	domain.Source{},
	domain.Order{},
	domain.Card{},
	domain.Recipient{},
	domain.Outcome{},
	domain.Entry{},
	domain.Kept{},
	domain.Customer{},
	domain.Mandate{},
	domain.KeptSource{},
	domain.Payout{},
	domain.Shift{},
	domain.Operator{},
	domain.Dispute{},
	domain.Opening{},
	domain.Change{},
	domain.Notice{},
	domain.Token{},
	domain.Books{},
	domain.Cabinet{},
	domain.ParkedSale{},
	domain.OrderQuery{},
	domain.Error{},
	till.Intent{},
	till.Payable{},
	till.NewOrder{},
	till.Editing{},
	till.Capturing{},
	till.Refunding{},
	till.Moving{},
	till.Result{},
	till.Agreeing{},
	till.Paying{},
	till.Choice{},
	till.Badge{},
	till.Evidence{},
	till.Missing{},
}

// What an exported type can hold, with a secret wherever one fits, does not show it; and a field that is called like a secret
// is one.
func TestNoTypeHoldsASecretInTheOpen(t *testing.T) {
	w := &typeWalk{T: t, seen: map[reflect.Type]bool{}}
	for _, of := range carriers {
		w.walk(reflect.TypeOf(of))
		value := reflect.New(reflect.TypeOf(of))
		fill(value.Elem(), 6)
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
			if found := shows(fmt.Sprintf(verb, value.Interface())); found != "" {
				t.Errorf("%T by %s shows %s", of, verb, found)
			}
		}
		for how, write := range writers {
			if found := shows(write(value.Interface())); found != "" {
				t.Errorf("%T by %s shows %s", of, how, found)
			}
		}
	}
	for _, name := range bearers(t, "..", ".") {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(w.seen)), func(of reflect.Type) bool { return of.String() == name }) {
			t.Errorf("%s has a secret, and is reached from no carrier", name)
		}
	}
	t.Logf("proof: %d types filled with secrets wherever one fits (%d fields), none shown", len(w.seen), w.secrets)
}

// typeWalk goes through types by their fields.
type typeWalk struct {
	*testing.T
	seen    map[reflect.Type]bool
	secrets int
}

func (w *typeWalk) walk(of reflect.Type) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		w.walk(of.Elem())
	case reflect.Struct:
		if w.seen[of] || of == reflect.TypeFor[domain.Secret]() || strings.HasPrefix(of.PkgPath(), "time") {
			return
		}
		w.seen[of] = true
		for field := range of.Fields() {
			if field.Type == reflect.TypeFor[domain.Secret]() {
				w.secrets++
			}
			w.walk(field.Type)
		}
	}
}

// fill puts a secret wherever one fits, so deep.
func fill(v reflect.Value, depth int) {
	switch {
	case depth == 0 || !v.CanSet():
	case v.Type() == reflect.TypeFor[domain.Secret]():
		v.Set(reflect.ValueOf(domain.NewSecret(strings.Join(rare, " "))))
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth-1)
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth-1)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth-1)
		}
	}
}

// field is one of a struct of the source, as it is written there.
type field struct{ file, pack, owner, name, kind string }

// fieldsIn are those of every struct of the source below a folder, tests apart.
func fieldsIn(t *testing.T, folder string) (all []field) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		owner := ""
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				owner = spec.Name.Name
			}
			if s, ok := n.(*ast.StructType); ok {
				for _, f := range s.Fields.List {
					for _, name := range append(slices.Clone(f.Names), onlyIf(len(f.Names) == 0)...) {
						all = append(all, field{path, file.Name.Name, owner, name.Name, written(f.Type)})
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d fields, %v", len(all), err)
	}
	return all
}

// onlyIf is the name of what is embedded.
func onlyIf(embedded bool) []*ast.Ident {
	if embedded {
		return []*ast.Ident{{Name: "embedded"}}
	}
	return nil
}

// written is a type as the source has it: *domain.Card, []byte.
func written(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return "*" + written(e.X)
	case *ast.ArrayType:
		return "[]" + written(e.Elt)
	case *ast.MapType:
		return "map[" + written(e.Key) + "]" + written(e.Value)
	case *ast.SelectorExpr:
		return written(e.X) + "." + e.Sel.Name
	}
	return ""
}

// bearers are the exported types of folders of which a field is a secret, or what has one.
func bearers(t *testing.T, folders ...string) (names []string) {
	t.Helper()
	for _, folder := range folders {
		for _, f := range fieldsIn(t, folder) {
			kind := f.kind[strings.LastIndexAny(f.kind, "*.]")+1:]
			if filepath.Dir(f.file) == filepath.Clean(folder) && ast.IsExported(f.owner) && slices.Contains([]string{"Secret", "Card", "IBAN", "Recipient"}, kind) {
				names = append(names, f.pack+"."+f.owner)
			}
		}
	}
	return names
}

// known are the fields of the whole source that are called like a secret, and are a plain text nevertheless.
var known = func() map[string]string {
	reasons := map[string]string{}
	for reason, fields := range map[string]string{
		"it is the order's":                      "domain.Document.Number domain.OrderRow.Number domain.DisputeRow.Number sqlite.fixed.number cli.minimumOrder.Number cli.disputeObject.Number",
		"of the gateway's own cards, public":     "domain.TestCard.Number sandbox.testCard.number",
		"of flags, that are made a Card at once": "cli.sourcing.card cli.sourcing.cvv",
		"what is typed; its field does not show": "tui.credentials.pin tui.operatorSheet.pin tui.cardForm.number tui.cardForm.cvv tui.lackSheet.iban tui.payoutForm.iban",
		"a card in words, ••4242":                "tui.known.card",
		"a file's name":                          "config.Paths.Pepper",
	} {
		for _, field := range strings.Fields(fields) {
			reasons[field] = reason
		}
	}
	return reasons
}()

// No field of the whole source that is called like a card's number, a CVV, a PIN or an account is a plain text, but for those
// that are known.
func TestNoFieldIsASecretInTheOpen(t *testing.T) {
	secrets, plain := 0, map[string]bool{}
	for _, f := range fieldsIn(t, "../..") {
		of := f.pack + "." + f.owner + "." + f.name
		switch {
		case !calledLikeASecret(f.name):
		case strings.HasSuffix(f.kind, "string") || strings.HasSuffix(f.kind, "byte") || f.kind == "any" || strings.HasSuffix(f.kind, "RawMessage"):
			plain[of] = true
			if known[of] == "" {
				t.Errorf("%s: %s is a %s, and prints itself", f.file, of, f.kind)
			}
		case strings.HasSuffix(f.kind, "Secret") || strings.HasSuffix(f.kind, "Card") || strings.HasSuffix(f.kind, "IBAN"):
			secrets++
		}
	}
	for of := range known {
		if !plain[of] {
			t.Errorf("%s is known, and there is none", of)
		}
	}
	t.Logf("proof: %d fields of the source are called like a secret and are one; %d more are known to be none", secrets, len(known))
}

func calledLikeASecret(name string) bool {
	return slices.ContainsFunc([]string{"number", "cvv", "cvc", "pan", "pin", "iban", "card", "pepper", "password", "secret", "cardnumber", "securitycode"},
		func(secret string) bool { return strings.EqualFold(name, secret) })
}
