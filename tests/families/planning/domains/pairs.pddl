; equality of parameters, and with a constant
(define (domain pairs) (:requirements :strips :equality :negative-preconditions)
  (:constants hub)
  (:predicates (linked ?x ?y) (at ?x))
  (:action join :parameters (?x ?y) :precondition (and (not (= ?x ?y)) (not (linked ?x ?y)))
    :effect (and (linked ?x ?y) (linked ?y ?x)))
  (:action leave :parameters (?x ?y) :precondition (and (at ?x) (linked ?x ?y) (not (= ?y hub)))
    :effect (and (at ?y) (not (at ?x))))
  (:action home :parameters (?x ?y) :precondition (and (= ?y hub) (at ?x) (linked ?x ?y))
    :effect (and (not (at ?x)) (at hub))))

(define (problem pairs-1) (:domain pairs)
  (:objects a b c) (:init (at hub) (linked hub a))
  (:goal (and)))
