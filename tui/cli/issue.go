package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// issuing is a use case that makes an order of a wish.
type issuing func(*till.Till, context.Context, till.Intent, till.NewOrder) (*domain.Order, error)

func (a *app) orderIssue(use, short string, issue issuing) *cobra.Command {
	var file, response string
	var items, skus []string
	cmd := &cobra.Command{
		Use: use + " [-f FILE|-] [--email A@B --item TITLE@PRICE*QTY ...]", Short: short, Args: takes(),
		Example: "till order " + use + " --email a@b.example --item 'Coffee@2.50*2'\n" +
			`echo '{"client":{"email":"a@b.example"},"products":[{"title":"Coffee","price":2.5}]}' | till order ` + use + " -f -",
	}
	written := documentFlags(cmd)
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, _ []string) error {
		if err := oneOf("response_type", response, responses); err != nil {
			return err
		}
		doc := written()
		if err := addProducts(ctx, t, doc, items, skus); err != nil {
			return err
		}
		text, err := a.document(file, doc)
		if err != nil {
			return err
		}
		wish, err := a.newOrder(t, text, false)
		if err != nil {
			return err
		}
		o, err := issue(t, ctx, a.intent(), wish)
		if err != nil {
			return err
		}
		return a.say(orderObject(t, o, response, nil), func(p *page) { showOrder(p, t, o) })
	})
	f := cmd.Flags()
	f.StringVarP(&file, "file", "f", "", "the order as a JSON document; - is standard input")
	f.StringArrayVar(&items, "item", nil, "a product: `TITLE@PRICE`, TITLE@PRICE*QTY")
	f.StringArrayVar(&skus, "sku", nil, "a product of the catalogue: `SKU`, SKU*QTY")
	f.StringVar(&response, "response-type", "minimum", "minimum, standard or full")
	return cmd
}

// fieldFlag is a flag that stands for a field of the document.
type fieldFlag struct{ flag, field, usage string }

var textFlags = []fieldFlag{
	{"email", "client.email", "of the client"},
	{"phone", "client.phone", "of the client"},
	{"first-name", "client.first_name", "of the client"},
	{"last-name", "client.last_name", "of the client"},
	{"legal-name", "client.legal_name", "of the client"},
	{"currency", "currency", "ISO 4217, such as EUR"},
	{"due", "due", "until when it is to be paid: 2030-01-31T12:00:00Z, or unix seconds"},
	{"reference", "reference", "your own name for the order"},
	{"language", "language", "of the payment page"},
	{"notes", "notes", "for the record"},
	{"discount", "discount", "an amount off the whole order"},
	{"delivery", "delivery", "an amount on top"},
	{"tip", "tip", "an amount on top"},
	{"tax", "tax", "an amount on top, instead of percentages"},
	{"max-attempts", "max_payment_attempts", "how often payment may fail; 0: no limit"},
}

var switchFlags = []fieldFlag{
	{"skip-capture", "skip_capture", "hold the money, capture it later"},
	{"counter", "counter", "sold in person: the client need leave no e-mail or phone"},
	{"test", "is_test", "a test order, with a number of its own series"},
	{"deny-overdue", "deny_overdue_payment", "nobody may pay after the due date"},
}

// documentFlags are another way to write the document's fields: what was given comes back under their names.
func documentFlags(cmd *cobra.Command) func() map[string]any {
	f := cmd.Flags()
	for _, t := range textFlags {
		f.String(t.flag, "", t.usage)
	}
	for _, s := range switchFlags {
		f.Bool(s.flag, false, s.usage)
	}
	return func() map[string]any {
		doc := map[string]any{}
		for _, t := range textFlags {
			if f.Changed(t.flag) {
				put(doc, t.field, f.Lookup(t.flag).Value.String())
			}
		}
		for _, s := range switchFlags {
			if f.Changed(s.flag) {
				put(doc, s.field, f.Lookup(s.flag).Value.String() == "true")
			}
		}
		return doc
	}
}

func put(doc map[string]any, field string, value any) {
	outer, inner, nested := strings.Cut(field, ".")
	if !nested {
		doc[field] = value
		return
	}
	within, _ := doc[outer].(map[string]any)
	if within == nil {
		within = map[string]any{}
		doc[outer] = within
	}
	within[inner] = value
}

// addProducts writes the products that flags name. An article of the catalogue brings its title and its price.
func addProducts(ctx context.Context, t *till.Till, doc map[string]any, items, skus []string) error {
	var products []any
	for _, item := range items {
		title, price := item, ""
		if i := strings.LastIndex(item, "@"); i >= 0 {
			title, price = item[:i], item[i+1:]
		}
		price, quantity := quantityOf(price)
		products = append(products, map[string]any{"title": title, "price": price, "quantity": quantity})
	}
	for _, sku := range skus {
		sku, quantity := quantityOf(sku)
		article, err := articleOf(ctx, t, sku)
		if err != nil {
			return err
		}
		if want, named := doc["currency"]; named && !strings.EqualFold(want.(string), string(article.Currency)) {
			return wrongFlag("sku", "costs "+string(article.Currency)+", the order is in another currency")
		}
		doc["currency"] = string(article.Currency)
		products = append(products, productOf(article, quantity))
	}
	if len(products) > 0 {
		doc["products"] = products
	}
	return nil
}

func productOf(article domain.Article, quantity string) map[string]any {
	product := map[string]any{
		"sku": article.SKU, "title": article.Title, "price": article.Currency.Format(article.Price), "quantity": quantity,
	}
	if article.TaxPercent != "" {
		product["tax_percent"] = article.TaxPercent
	}
	return product
}

// quantityOf cuts a quantity off: SKU*3.
func quantityOf(text string) (what, quantity string) {
	if i := strings.LastIndex(text, "*"); i >= 0 {
		return strings.TrimSpace(text[:i]), text[i+1:]
	}
	return strings.TrimSpace(text), "1"
}

// articleOf finds an article by its number or its barcode.
func articleOf(ctx context.Context, t *till.Till, sku string) (domain.Article, error) {
	articles, err := t.Store.Articles(ctx, sku, 0)
	if err != nil {
		return domain.Article{}, err
	}
	for _, article := range articles {
		if article.SKU == sku || article.Barcode == sku && sku != "" {
			return article, nil
		}
	}
	return domain.Article{}, domain.Errorf(domain.CodeNotFound, "the catalogue has no article %q", sku).
		WithHint("see: till catalog list --query WORD")
}

// document is the order as somebody wrote it: a file, flags, or a file with flags over it.
func (a *app) document(file string, flags map[string]any) ([]byte, error) {
	if file == "" {
		return json.Marshal(flags)
	}
	text, err := a.readFile(file)
	if err != nil || len(flags) == 0 {
		return text, err
	}
	if _, err := document(text, problems{}); err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	dec.UseNumber()
	var doc map[string]any
	if err := dec.Decode(&doc); err != nil {
		return nil, domain.Errorf(domain.CodeInvalid, "the document is not JSON").Because(err)
	}
	overlay(doc, flags)
	return json.Marshal(doc)
}

// overlay puts what flags say over a document: products are added, what is in objects is put into them.
func overlay(doc, flags map[string]any) {
	for name, value := range flags {
		switch value := value.(type) {
		case []any:
			if there, ok := doc[name].([]any); ok {
				doc[name] = append(there, value...)
				continue
			}
		case map[string]any:
			if there, ok := doc[name].(map[string]any); ok {
				overlay(there, value)
				continue
			}
		}
		doc[name] = value
	}
}

func (a *app) readFile(name string) ([]byte, error) {
	if name == "-" {
		return readDocument(a.In)
	}
	file, err := os.Open(a.file(name))
	if err != nil {
		return nil, domain.Errorf(domain.CodeInvalid, "the file cannot be read").Because(err)
	}
	defer func() { _ = file.Close() }() // nothing was written to it
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, domain.Errorf(domain.CodeInvalid, "%s is a folder", name)
	}
	return readDocument(file)
}
