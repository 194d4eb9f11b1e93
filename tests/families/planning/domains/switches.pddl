; negative preconditions
(define (domain switches) (:requirements :negative-preconditions) (:predicates (on ?x) (next ?x ?y))
  (:action up :parameters (?x ?y) :precondition (and (next ?x ?y) (not (on ?x)) (not (on ?y)))
    :effect (on ?x))
  (:action down :parameters (?x) :precondition (and (on ?x) (not (next ?x ?x)))
    :effect (not (on ?x))))

(define (problem switches-1) (:domain switches)
  (:objects a b c d) (:init (next a b) (next b c) (next c d) (next d a) (on d) (next b b))
  (:goal (and)))
