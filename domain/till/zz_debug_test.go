package till_test

import (
	"fmt"
	"reflect"
)

func firstDiff(path string, a, b reflect.Value, depth int) string {
	if depth > 12 {
		return ""
	}
	if a.Kind() == reflect.Pointer {
		if a.IsNil() || b.IsNil() {
			if a.IsNil() != b.IsNil() {
				return path + " nil"
			}
			return ""
		}
		return firstDiff(path, a.Elem(), b.Elem(), depth)
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if d := firstDiff(path+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i), depth+1); d != "" {
				return d
			}
		}
	case reflect.Slice:
		if a.Len() != b.Len() || a.IsNil() != b.IsNil() {
			return fmt.Sprint(path, " len ", a.Len(), b.Len(), a.IsNil(), b.IsNil())
		}
		for i := range a.Len() {
			if d := firstDiff(fmt.Sprint(path, "[", i, "]"), a.Index(i), b.Index(i), depth+1); d != "" {
				return d
			}
		}
	case reflect.Map:
		if a.Len() != b.Len() || a.IsNil() != b.IsNil() {
			return path + " map"
		}
	case reflect.Int64, reflect.Int:
		if a.Int() != b.Int() {
			return fmt.Sprint(path, a.Int(), b.Int())
		}
	case reflect.String:
		if a.String() != b.String() {
			return fmt.Sprint(path, " ", a.String(), "|", b.String())
		}
	case reflect.Bool:
		if a.Bool() != b.Bool() {
			return path
		}
	}
	return ""
}
